package com.sipstack.asterisk.assembler.interpret;

import java.util.Locale;
import java.util.Set;

/** The words that stand for a caller who hides: RFC 3323's, and those of networks and of Asterisk's presentation texts. */
final class AnonymousCaller {
    private static final Set<String> WORDS =
            Set.of("anonymous", "restricted", "private", "unavailable", "withheld", "blocked", "unknown");

    private AnonymousCaller() {}

    static boolean isOne(String presented) {
        return WORDS.contains(presented.strip().toLowerCase(Locale.ROOT));
    }
}
