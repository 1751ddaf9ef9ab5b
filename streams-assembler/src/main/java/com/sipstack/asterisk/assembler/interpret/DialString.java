package com.sipstack.asterisk.assembler.interpret;

import java.util.Arrays;
import java.util.List;

/** Reads Dial()'s first argument: {@code SIP/101&SIP/102} or {@code Local/110@from-internal/n}. */
final class DialString {
    private DialString() {}

    static List<String> destinations(String dialString) {
        return Arrays.stream(dialString.split("&", -1))
                .map(String::strip)
                .filter(destination -> !destination.isEmpty())
                .toList();
    }
}
