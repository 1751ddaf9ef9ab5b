package com.sipstack.asterisk.assembler.interpret;

import java.util.List;
import java.util.Map;

/**
 * Whose calls are whose, as configured.
 *
 * @param byDid tenant of each number that is dialled from outside, E.164 digits
 * @param byAccountcode tenant of each account code
 * @param byExtension tenants of ranges of extensions
 * @param trunks names that look like a tenant's in contexts and channels, and are none
 */
public record TenantRules(
        Map<String, String> byDid,
        Map<String, String> byAccountcode,
        List<ExtensionRange> byExtension,
        NamePatterns trunks) {
    public static final TenantRules NONE = new TenantRules(Map.of(), Map.of(), List.of(), NamePatterns.NONE);

    public TenantRules {
        byDid = Map.copyOf(byDid);
        byAccountcode = Map.copyOf(byAccountcode);
        byExtension = List.copyOf(byExtension);
    }

    /** Extensions of one tenant, both ends included; both have the same number of digits. */
    public record ExtensionRange(String from, String to, String tenant) {
        public ExtensionRange {
            if (!from.matches("\\d+") || from.length() != to.length() || from.compareTo(to) > 0) {
                throw new IllegalArgumentException("extension range " + from + "-" + to + " of tenant " + tenant
                        + " must be two numbers of as many digits, the smaller first");
            }
        }

        boolean holds(String extension) {
            return extension.length() == from.length()
                    && from.compareTo(extension) <= 0
                    && extension.compareTo(to) <= 0;
        }
    }
}
