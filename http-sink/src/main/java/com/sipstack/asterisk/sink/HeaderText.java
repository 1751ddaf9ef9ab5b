package com.sipstack.asterisk.sink;

import java.nio.charset.StandardCharsets;

/** Text that HTTP can carry as a header's value: a linkedid may be whatever a client of the PBX made up. */
final class HeaderText {
    private HeaderText() {}

    /** The same text, with each byte (UTF-8) that is not printable ASCII as {@code %XX}. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            append(printable, octet);
        }
        return printable.toString();
    }

    private static void append(StringBuilder printable, byte octet) {
        if (octet >= ' ' && octet <= '~') {
            printable.append((char) octet);
        } else {
            printable.append(String.format("%%%02X", octet));
        }
    }
}
