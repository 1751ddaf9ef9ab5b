package com.sipstack.asterisk.allinone.voicemail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The mail with what was heard in place of Asterisk's text; sender, recipient, identity and attachments stay. */
final class TranscribedMail {
    private static final String UTF_8 = "UTF-8";

    private TranscribedMail() {}

    static byte[] of(VoicemailMail mail, VoicemailNotice notice, Transcription heard, MailTemplate template)
            throws MessagingException, IOException {
        String html = heard.html() != null ? heard.html() : template.fill(notice, heard.text());
        MimeMultipart all = new MimeMultipart("mixed");
        all.addBodyPart(texts(plain(notice, heard), html));
        for (BodyPart attachment : mail.attachments()) {
            all.addBodyPart(attachment);
        }
        MimeMessage message = mail.message();
        if (heard.subject() != null) {
            message.setSubject(
                    heard.subject().replaceAll("\\s+", " ").strip(), UTF_8); // a line break would begin a header
        }
        message.setContent(all);
        message.saveChanges();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static MimeBodyPart texts(String plain, String html) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(plain, UTF_8);
        MimeBodyPart page = new MimeBodyPart();
        page.setText(html, UTF_8, "html");
        MimeMultipart alternative = new MimeMultipart("alternative");
        alternative.addBodyPart(text); // the last one is what readers prefer
        alternative.addBodyPart(page);
        MimeBodyPart texts = new MimeBodyPart();
        texts.setContent(alternative);
        return texts;
    }

    private static String plain(VoicemailNotice notice, Transcription heard) {
        String alert = MailboxAlert.of(notice.messageNumber()).text();
        return String.join(
                "\n",
                notice.title(),
                "",
                "For:      " + notice.name() + " (mailbox " + notice.mailbox() + ")",
                "From:     " + notice.callerId(),
                "Date:     " + notice.date(),
                "Duration: " + notice.durationSeconds() + " s",
                "",
                heard.text(),
                alert.isEmpty() ? "" : "\n" + alert + "\n");
    }
}
