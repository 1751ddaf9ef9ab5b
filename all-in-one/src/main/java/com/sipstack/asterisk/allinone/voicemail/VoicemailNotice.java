package com.sipstack.asterisk.allinone.voicemail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Asterisk says of a voicemail in the mail's text, when {@code voicemail.conf} has
 * {@code emailbody=p=${VM_NAME}~${VM_DATE}~${VM_CALLERID}~${VM_MAILBOX}~${VM_MSGNUM}~${VM_DUR}}.
 *
 * @param name the mailbox's owner
 * @param date as Asterisk wrote it, in the mailbox's time zone and the format of {@code voicemail.conf}
 * @param callerId as presented by the caller, who may write there what he likes
 * @param mailbox number, with {@code @context} where Asterisk gives it
 * @param messageNumber of the message in its mailbox, from 1
 * @param durationSeconds length of the message
 */
record VoicemailNotice(
        String name, String date, String callerId, String mailbox, int messageNumber, int durationSeconds) {
    private static final char SEPARATOR = '~';

    /** From the right, since a name in front may hold the separator. */
    private static final Pattern FIELDS = Pattern.compile(
            "(?s)p=(.*)~\\s*([^~\\s]+)\\s*~\\s*(\\d{1,9})\\s*~\\s*(?:(\\d{1,4}):)?(?:(\\d{1,6}):)?(\\d{1,9})\\s*");

    /** Of name, date and caller the date is the one with a time of day in it. */
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{1,2}:\\d{2}");

    /** Empty if the text is none of ours. */
    static Optional<VoicemailNotice> parse(String text) {
        Matcher fields = FIELDS.matcher(text.strip());
        if (!fields.matches()) {
            return Optional.empty();
        }
        String parties = fields.group(1);
        int dateAt = dateAt(parties);
        if (dateAt < 0) {
            return Optional.empty();
        }
        int dateEnd = parties.indexOf(SEPARATOR, dateAt + 1);
        return Optional.of(new VoicemailNotice(
                parties.substring(0, dateAt).strip(),
                parties.substring(dateAt + 1, dateEnd).strip(),
                parties.substring(dateEnd + 1).strip(),
                fields.group(2),
                Integer.parseInt(fields.group(3)),
                seconds(fields)));
    }

    /** The separator before the date: where several could be, the first with a time of day behind it. Negative if there is none. */
    private static int dateAt(String parties) {
        int first = parties.indexOf(SEPARATOR);
        for (int at = first; at >= 0; at = parties.indexOf(SEPARATOR, at + 1)) {
            int end = parties.indexOf(SEPARATOR, at + 1);
            if (end >= 0 && TIME_OF_DAY.matcher(parties.substring(at, end)).find()) {
                return at;
            }
        }
        return first >= 0 && parties.indexOf(SEPARATOR, first + 1) >= 0 ? first : -1;
    }

    private static int seconds(Matcher fields) {
        long total = 0;
        for (int group = 4; group <= 6; group++) {
            total = total * 60 + (fields.group(group) == null ? 0 : Long.parseLong(fields.group(group)));
        }
        return (int) Math.min(total, Integer.MAX_VALUE);
    }

    /** The mailbox without its context. */
    String extension() {
        int at = mailbox.indexOf('@');
        return at < 0 ? mailbox : mailbox.substring(0, at);
    }

    /** The mailbox's context; Asterisk's own default where it does not say. */
    String context() {
        int at = mailbox.indexOf('@');
        return at < 0 ? "default" : mailbox.substring(at + 1);
    }

    String title() {
        return "Voicemail Message #" + messageNumber;
    }
}
