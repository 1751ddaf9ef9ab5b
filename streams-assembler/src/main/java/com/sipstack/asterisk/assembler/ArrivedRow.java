package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Row;

/** A row that has just come. Belongs to the task's thread. */
final class ArrivedRow {
    private final Row row;
    private final byte[] bytes;
    private final String twin;
    private final long offset;
    private Sighting sighting;

    /**
     * @param twin which of its equals in its origin it is; empty of the first
     * @param offset of its record
     */
    ArrivedRow(Row row, String twin, long offset) {
        this.row = row;
        this.bytes = RowCodec.toBytes(row);
        this.twin = twin;
        this.offset = offset;
    }

    Row row() {
        return row;
    }

    /** The row as {@link RowCodec} stores it: made once, and asked for more than once. Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    Sighting sighting() {
        if (sighting == null) {
            sighting = RowIdentity.sighting(this, twin, offset);
        }
        return sighting;
    }

    /** The row's name in the stores of earlier releases. */
    String former() {
        return RowIdentity.former(row, twin);
    }
}
