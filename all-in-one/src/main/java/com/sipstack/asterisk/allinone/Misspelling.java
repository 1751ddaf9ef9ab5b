package com.sipstack.asterisk.allinone;

import java.util.Locale;

/** Tells names of settings with a typing error: one letter too many, too few or wrong, two in the wrong order, or small letters. */
final class Misspelling {
    private Misspelling() {}

    static boolean isOf(String name, String written) {
        return !name.equals(written) && isNear(name, written.toUpperCase(Locale.ROOT));
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
        return areSwapped || meant.length() <= 1 && written.length() <= 1;
    }
}
