package com.sipstack.asterisk.allinone.voicemail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTML text with places like {@code {{VM_NAME}}}. What is put there is escaped: a caller's name is the caller's to choose. */
final class MailTemplate {
    private static final String BUILT_IN = "voicemail-email.template";
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Z_]+)\\s*}}");

    private final String html;

    private MailTemplate(String html) {
        this.html = html;
    }

    /** The user's own. Empty if it cannot be read. */
    static Optional<MailTemplate> read(Path file, MailLog log) {
        try {
            return Optional.of(new MailTemplate(Files.readString(file)));
        } catch (IOException e) {
            log.step("no template of your own is used: " + e);
            return Optional.empty();
        }
    }

    static MailTemplate builtIn() throws IOException {
        try (InputStream in = MailTemplate.class.getResourceAsStream(BUILT_IN)) {
            return new MailTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Places that it does not know stay as they are. */
    String fill(VoicemailNotice notice, String transcription) {
        Map<String, String> values = values(notice, transcription);
        return PLACE.matcher(html)
                .replaceAll(place -> Matcher.quoteReplacement(
                        values.containsKey(place.group(1)) ? escape(values.get(place.group(1))) : place.group()));
    }

    private static Map<String, String> values(VoicemailNotice notice, String transcription) {
        MailboxAlert alert = MailboxAlert.of(notice.messageNumber());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("TITLE", notice.title());
        values.put("VM_NAME", notice.name());
        values.put("VM_DATE", notice.date());
        values.put("VM_CALLERID", notice.callerId());
        values.put("VM_MAILBOX", notice.mailbox());
        values.put("VM_MSGNUM", Integer.toString(notice.messageNumber()));
        values.put("VM_DURATION", Integer.toString(notice.durationSeconds()));
        values.put("TRANSCRIPTION", transcription);
        values.put("VM_ALERT", alert.text());
        values.put("VM_ALERT_CLASS", alert.cssClass());
        values.put("FOOTER", "Voicemail Service");
        return values;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replaceAll("\\R", "<br>");
    }
}
