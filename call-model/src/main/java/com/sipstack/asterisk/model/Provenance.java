package com.sipstack.asterisk.model;

/**
 * Where a row was read. Origin and position together are the same when a row is read twice.
 *
 * @param pbx the PBX's configured name
 * @param source the way it came
 * @param origin the table and its epoch, or a file's fingerprint
 * @param position the row's place in its origin, rising in the order of writing; null where the origin has none (AMI, keyless tables)
 */
public record Provenance(String pbx, RowSource source, String origin, Long position) {
    /** Header of a row without position: which of several equal rows of its origin it is, from 2 on. The first has none. */
    public static final String TWIN_HEADER = "sipstack.twin";
}
