package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Row;

/** A row that has just come. */
final class ArrivedRow {
    private final Row row;
    private final byte[] bytes;
    private final Sighting sighting;
    private final String former;

    ArrivedRow(Row row, byte[] bytes, Sighting sighting, String former) {
        this.row = row;
        this.bytes = bytes;
        this.sighting = sighting;
        this.former = former;
    }

    Row row() {
        return row;
    }

    /** The row as {@link RowCodec} stores it: made once, and asked for more than once. Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    Sighting sighting() {
        return sighting;
    }

    /** The row's name in the stores of earlier releases. */
    String former() {
        return former;
    }
}
