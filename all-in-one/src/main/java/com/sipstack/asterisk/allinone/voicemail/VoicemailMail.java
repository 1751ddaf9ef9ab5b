package com.sipstack.asterisk.allinone.voicemail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail of Asterisk's voicemail: a text, and the message as an attachment where {@code attach=yes}.
 *
 * @param message the mail itself
 * @param text of its first part, as its bytes read best
 * @param attachments the other parts, as they came
 */
record VoicemailMail(MimeMessage message, String text, List<BodyPart> attachments) {
    static {
        // A mail that is cut short or says nothing of its parts is left as it is rather than mended
        System.setProperty("mail.mime.multipart.ignoremissingendboundary", "false");
        System.setProperty("mail.mime.multipart.ignoremissingboundaryparameter", "false");
    }

    /** @throws MessagingException if it cannot be taken apart */
    static VoicemailMail parse(byte[] mail) throws MessagingException, IOException {
        MimeMessage message = new KeptMessage(new ByteArrayInputStream(mail));
        if (!(message.getContent() instanceof Multipart parts)) {
            return new VoicemailMail(message, textOf(message), List.of());
        }
        List<BodyPart> attachments = new ArrayList<>();
        String text = "";
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (text.isEmpty() && part.isMimeType("text/plain")) {
                text = textOf(part);
            } else {
                attachments.add(part);
            }
        }
        return new VoicemailMail(message, text, List.copyOf(attachments));
    }

    /** The voicemail itself. Empty where mailboxes are set up without attachments. */
    Optional<BodyPart> audio() throws MessagingException {
        for (BodyPart part : attachments) {
            if (part.getContentType().toLowerCase(Locale.ROOT).startsWith("audio/")) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Empty if there is none that can be read. */
    String recipient() throws MessagingException {
        String[] to = message.getHeader("To");
        if (to == null) {
            return "";
        }
        String address = to[0].strip();
        int open = address.lastIndexOf('<');
        return open >= 0 && address.endsWith(">") ? address.substring(open + 1, address.length() - 1) : address;
    }

    /** Asterisk writes names in UTF-8 while its mail says ISO-8859-1, unless {@code charset} was set. */
    private static String textOf(Part part) throws MessagingException, IOException {
        byte[] bytes = part.getInputStream().readAllBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, charsetOf(part));
        }
    }

    private static Charset charsetOf(Part part) throws MessagingException {
        String name = new ContentType(part.getContentType()).getParameter("charset");
        try {
            return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1; // every byte is a character there
        }
    }

    /** Keeps the identity that Asterisk gave it when its content changes. */
    private static final class KeptMessage extends MimeMessage {
        KeptMessage(ByteArrayInputStream mail) throws MessagingException {
            super(Session.getInstance(new Properties()), mail);
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            if (getMessageID() == null) {
                super.updateMessageID();
            }
        }
    }
}
