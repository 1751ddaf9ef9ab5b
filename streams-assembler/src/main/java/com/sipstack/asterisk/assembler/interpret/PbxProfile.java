package com.sipstack.asterisk.assembler.interpret;

import static java.util.Objects.requireNonNull;

/**
 * What configuration says of a PBX.
 *
 * @param customerId SIPSTACK's customer; null if not configured
 * @param tenant of calls whose rows do not tell one; may be empty
 * @param hostname the PBX's name for SIPSTACK
 * @param country ISO 3166 code of the country whose numbers are dialled without a country code, e.g. {@code CA}
 * @param extensionLengths how many digits an extension has
 */
public record PbxProfile(
        Integer customerId, String tenant, String hostname, String country, ExtensionLengths extensionLengths) {
    public PbxProfile {
        requireNonNull(tenant, "tenant is null");
        requireNonNull(hostname, "hostname is null");
        requireNonNull(country, "country is null");
        requireNonNull(extensionLengths, "extensionLengths is null");
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
