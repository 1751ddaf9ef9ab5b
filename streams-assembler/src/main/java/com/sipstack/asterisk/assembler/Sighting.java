package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * That a source has read a row.
 *
 * @param origin the way the row came, and its table, file or session
 * @param place where it stands in the origin; where rows have no position, what it says and which of its twins it is
 * @param content hash of what the source said
 * @param arrival where the origin has no positions, the offset at which the row came: the order of reading; else 0
 */
record Sighting(String origin, String place, int content, long arrival) {
    private static final int ORIGIN_BITS = 12;
    private static final int GROUP_BITS = 28;
    private static final int PLACE_BITS = Long.SIZE - ORIGIN_BITS - GROUP_BITS;

    static int content(byte[] row) {
        return (int) ContentHash.of(row);
    }

    boolean isSamePlace(Sighting other) {
        return origin.equals(other.origin) && place.equals(other.place);
    }

    /** What is left of the sighting in the end: enough to know row and origin again, and which rows of other origins are alike. */
    long mark(String group) {
        long where = bits(place + "/" + content, PLACE_BITS);
        return (bits(origin, ORIGIN_BITS) << (GROUP_BITS + PLACE_BITS))
                | (bits(group, GROUP_BITS) << PLACE_BITS)
                | where;
    }

    static boolean isOfGroup(long mark, String group) {
        return ((mark >>> PLACE_BITS) & ((1L << GROUP_BITS) - 1)) == bits(group, GROUP_BITS);
    }

    /** The same for all marks of an origin. */
    static long originOf(long mark) {
        return mark >>> (GROUP_BITS + PLACE_BITS);
    }

    private static long bits(String text, int count) {
        return ContentHash.of(text.getBytes(UTF_8)) >>> (Long.SIZE - count);
    }
}
