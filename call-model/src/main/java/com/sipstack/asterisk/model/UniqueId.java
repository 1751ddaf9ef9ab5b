package com.sipstack.asterisk.model;

import java.util.Optional;

/**
 * A channel's uniqueid as Asterisk makes it: {@code [systemname-]epoch.sequence}. A client of ARI or AMI may assign any other
 * text, which does not parse.
 *
 * @param systemName asterisk.conf's systemname; empty if there is none
 * @param epochSecond second of the channel's creation, UTC, whatever the PBX's time zone
 * @param sequence counts the channels of an Asterisk process, from 0
 */
public record UniqueId(String systemName, long epochSecond, long sequence) {
    /** Ten digits: from 2001 to 2286. */
    private static final int EPOCH_DIGITS = 10;

    private static final int MOST_SEQUENCE_DIGITS = 18;

    /** Read from the right, since a systemname may hold hyphens and dots; of every row, too often for a regular expression. */
    public static Optional<UniqueId> parse(String uniqueid) {
        int dot = uniqueid == null ? -1 : uniqueid.lastIndexOf('.');
        int epoch = dot - EPOCH_DIGITS;
        boolean isOne = epoch >= 0
                && uniqueid.charAt(epoch) != '0'
                && areDigits(uniqueid, epoch, dot)
                && uniqueid.length() - dot - 1 <= MOST_SEQUENCE_DIGITS
                && areDigits(uniqueid, dot + 1, uniqueid.length())
                && (epoch == 0 || uniqueid.charAt(epoch - 1) == '-');
        return isOne
                ? Optional.of(new UniqueId(
                        epoch == 0 ? "" : uniqueid.substring(0, epoch - 1),
                        Long.parseLong(uniqueid, epoch, dot, 10),
                        Long.parseLong(uniqueid, dot + 1, uniqueid.length(), 10)))
                : Optional.empty();
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }
}
