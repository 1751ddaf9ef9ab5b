package com.sipstack.asterisk.allinone.doctor;

import static java.util.Objects.requireNonNull;

/**
 * Something that was found.
 *
 * @param text one line
 * @param remedy what to do about it, or why it is so: lines, of which the later ones may be configuration; empty if there is nothing to do
 */
record Finding(Severity severity, Area area, String text, String remedy) {
    Finding {
        requireNonNull(severity, "severity is null");
        requireNonNull(area, "area is null");
        requireNonNull(text, "text is null");
        requireNonNull(remedy, "remedy is null");
    }
}
