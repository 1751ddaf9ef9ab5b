package com.sipstack.asterisk.allinone.voicemail;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings by the environment variables of the earlier connectors. A value that is missing or blank has its default; nothing here is
 * refused, since a mail has to go out with wrong settings too.
 *
 * @param apiKey empty if there is none
 * @param hostname the PBX's, as SIPSTACK knows it
 * @param sendmail the command with its options
 * @param directory where a mail is kept that could not be delivered
 * @param isDebug whether each step is logged
 */
record MailSettings(
        String apiKey,
        String endpoint,
        String hostname,
        List<String> sendmail,
        Path directory,
        Path template,
        Path log,
        boolean isDebug) {
    private static final String DEFAULT_ENDPOINT = "http://api-regional:3030/v1/rt/voicemail";

    static MailSettings from(Map<String, String> environment) {
        return new MailSettings(
                value(environment, "VOICEMAIL_API_KEY", value(environment, "SK_KEY", "")),
                value(environment, "VOICEMAIL_API_ENDPOINT", DEFAULT_ENDPOINT),
                value(environment, "HOST_HOSTNAME", value(environment, "HOSTNAME", ownHostname())),
                sendmail(value(environment, "SENDMAIL_CMD", "/usr/sbin/sendmail")),
                Path.of(value(environment, "TEMP_DIR", "/tmp")),
                Path.of(value(environment, "VOICEMAIL_TEMPLATE", "/etc/asterisk/voicemail-email.template")),
                Path.of(value(environment, "VOICEMAIL_LOG", "/var/log/voicemail-processor.log")),
                List.of("1", "true", "yes").contains(value(environment, "DEBUG", "0")));
    }

    /** @throws IllegalArgumentException if the endpoint is no address that can be posted to */
    URI endpointUri() {
        URI uri = URI.create(endpoint);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException("VOICEMAIL_API_ENDPOINT is no http or https address");
        }
        return uri;
    }

    /** Alone it is told to take the recipients from the mail, as Asterisk's own default does. */
    private static List<String> sendmail(String command) {
        List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+")));
        if (words.size() == 1) {
            words.add("-t");
        }
        return List.copyOf(words);
    }

    private static String ownHostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that does not know its own name
        }
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    @Override
    public String toString() {
        return "MailSettings[endpoint=" + endpoint + ", sendmail=" + sendmail + ", template=" + template + "]";
    }
}
