package com.sipstack.asterisk.allinone.doctor;

import java.util.Locale;

/** How bad a finding is, from nothing at all to what keeps calls from arriving. */
enum Severity {
    NOT_CHECKED("·", "2", 0),
    OK("✓", "32", 0),
    /** Worth knowing; nothing is wrong. */
    NOTE("i", "36", 0),
    /** Calls arrive, but late, incomplete, or not for much longer. */
    WARNING("!", "33", 1),
    /** Calls do not arrive. */
    ERROR("✗", "31", 2);

    private final String mark;
    private final String color;
    private final int exitCode;

    Severity(String mark, String color, int exitCode) {
        this.mark = mark;
        this.color = color;
        this.exitCode = exitCode;
    }

    String mark() {
        return mark;
    }

    /** Of a terminal that takes ANSI's escape sequences: the number between {@code ESC[} and {@code m}. */
    String color() {
        return color;
    }

    int exitCode() {
        return exitCode;
    }

    /** As programs read it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
