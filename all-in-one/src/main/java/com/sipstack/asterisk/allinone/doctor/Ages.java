package com.sipstack.asterisk.allinone.doctor;

import java.time.Duration;

/** Lengths of time as people say them. */
final class Ages {
    private Ages() {}

    static String of(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        } else if (seconds < 7_200) {
            return seconds / 60 + " minutes";
        } else if (seconds < 172_800) {
            return seconds / 3_600 + " hours";
        }
        return seconds / 86_400 + " days";
    }
}
