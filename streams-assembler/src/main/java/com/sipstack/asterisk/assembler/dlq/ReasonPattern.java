package com.sipstack.asterisk.assembler.dlq;

import java.util.regex.Pattern;

/** Reasons without what differs from one letter to the next: numbers, ids and quoted values. */
final class ReasonPattern {
    private static final int LONGEST = 160;
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern ID =
            Pattern.compile("\\b(?=[0-9a-fA-F-]*\\d)(?=[0-9a-fA-F-]*[a-fA-F])[0-9a-fA-F-]{8,}\\b");
    /** But not an HTTP status, which is the reason. */
    private static final Pattern NUMBER = Pattern.compile("(?<!HTTP )(?<![A-Za-z\\d])\\+?\\d[\\d.:,]*");

    private ReasonPattern() {}

    static String of(String reason) {
        String pattern = QUOTED.matcher(reason).replaceAll("'…'");
        pattern = ID.matcher(pattern).replaceAll("#");
        pattern = NUMBER.matcher(pattern).replaceAll("#");
        return pattern.length() > LONGEST ? pattern.substring(0, LONGEST) + "…" : pattern;
    }
}
