package com.sipstack.asterisk.assembler.interpret;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a PBX's numbers are written.
 *
 * @param country ISO 3166 code of the country whose numbers are dialled without a country code, e.g. {@code CA}
 * @param extensions how many digits an extension has
 * @param internationalPrefixes what is dialled before a country code, e.g. {@code 011}, {@code 00}, {@code +}
 * @param dialPrefixes what is dialled before a number and is no part of it, e.g. {@code *67} or {@code 9} for an outside line
 * @param normalised whether numbers are written as E.164; otherwise as they are, without signs
 */
public record NumberingPlan(
        String country,
        ExtensionLengths extensions,
        List<String> internationalPrefixes,
        List<String> dialPrefixes,
        boolean normalised) {
    public static final List<String> INTERNATIONAL_PREFIXES = List.of("011", "00", "+");
    public static final List<String> DIAL_PREFIXES = List.of("*67", "*82", "9");

    public NumberingPlan {
        requireNonNull(country, "country is null");
        requireNonNull(extensions, "extensions is null");
        internationalPrefixes = List.copyOf(internationalPrefixes);
        dialPrefixes = List.copyOf(dialPrefixes);
    }

    public static NumberingPlan of(String country) {
        return new NumberingPlan(country, ExtensionLengths.DEFAULT, INTERNATIONAL_PREFIXES, DIAL_PREFIXES, true);
    }

    /** Both ends included. */
    public record ExtensionLengths(int min, int max) {
        public static final ExtensionLengths DEFAULT = new ExtensionLengths(2, 7);

        public ExtensionLengths {
            if (min < 1 || max < min) {
                throw new IllegalArgumentException(
                        "extension lengths " + min + " to " + max + " must begin at 1 or more and not go back");
            }
        }
    }
}
