package com.sipstack.asterisk.allinone;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells names of settings with a typing error: one letter too many, too few or wrong, two in the wrong order, or small letters. */
final class Misspelling {
    private Misspelling() {}

    /** What to say of a name that is none of ours; empty if it is near to none of those. */
    static Optional<String> of(Set<String> names, String written) {
        return names.stream()
                .filter(name -> isNear(name, written.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(name -> written + " is no setting and has no effect; should it be " + name + "?");
    }

    /** What differs is what is left between what both begin with and what both end with. */
    private static boolean isNear(String name, String written) {
        int shorter = Math.min(name.length(), written.length());
        int head = 0;
        while (head < shorter && name.charAt(head) == written.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && fromEnd(name, tail) == fromEnd(written, tail)) {
            tail++;
        }
        return isOneSlip(name.substring(head, name.length() - tail), written.substring(head, written.length() - tail));
    }

    private static char fromEnd(String text, int place) {
        return text.charAt(text.length() - 1 - place);
    }

    private static boolean isOneSlip(String meant, String written) {
        boolean areSwapped = meant.length() == 2
                && new StringBuilder(meant).reverse().toString().equals(written);
        return areSwapped || (meant.length() <= 1 && written.length() <= 1);
    }
}
