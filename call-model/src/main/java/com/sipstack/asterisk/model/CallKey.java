package com.sipstack.asterisk.model;

import static java.util.Objects.requireNonNull;

/**
 * The identity of a call: a {@code linkedid} is unique on its PBX only.
 *
 * @param pbx the PBX's configured name
 * @param linkedid Asterisk's linkedid, never blank
 */
public record CallKey(String pbx, String linkedid) {
    private static final char SEPARATOR = '|';

    public CallKey {
        Pbx.requireName(pbx);
        requireNonNull(linkedid, "linkedid is null");
        if (linkedid.isBlank()) {
            throw new IllegalArgumentException("linkedid is blank");
        }
    }

    /**
     * Reads the key of a document's record. The first separator counts: a PBX's name has none, a linkedid may.
     *
     * @throws IllegalArgumentException if the text is not {@code pbx|linkedid}
     */
    public static CallKey parse(String key) {
        int separator = key.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("call key '" + key + "' is not pbx|linkedid");
        }
        return new CallKey(key.substring(0, separator), key.substring(separator + 1));
    }

    /** {@code pbx|linkedid}, the key of the call's documents. */
    @Override
    public String toString() {
        return pbx + SEPARATOR + linkedid;
    }
}
