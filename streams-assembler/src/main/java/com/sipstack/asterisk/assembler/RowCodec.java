package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.RecordJson;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;

/** Rows as they are stored: a byte for the format, one for the kind, then the columns as JSON. */
final class RowCodec {
    private static final byte FORMAT = 1;
    private static final byte CDR = 'D';
    private static final byte CEL = 'E';
    private static final int HEADER = 2;
    private static final RecordJson<Cdr> CDRS = Cdr.MAPPING.json();
    private static final RecordJson<Cel> CELS = Cel.MAPPING.json();

    private RowCodec() {}

    static byte[] toBytes(Row row) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            bytes.append(FORMAT);
            bytes.append(row instanceof Cdr ? CDR : CEL);
            write(row, bytes);
            return bytes.toByteArray();
        }
    }

    /** The columns that are not null. */
    static byte[] json(Row row) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            write(row, bytes);
            return bytes.toByteArray();
        }
    }

    private static void write(Row row, ByteArrayBuilder bytes) {
        if (row instanceof Cdr cdr) {
            CDRS.write(cdr, bytes);
        } else {
            CELS.write((Cel) row, bytes);
        }
    }

    /**
     * Reads a row that was stored; sightings may follow it.
     *
     * @throws UnreadableStateException if the bytes are of a format that this release does not know
     */
    static Row fromBytes(byte[] bytes) {
        if (bytes[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a row", bytes[0], "" + FORMAT);
        }
        int length = bytes.length - HEADER;
        try {
            return bytes[1] == CDR ? CDRS.read(bytes, HEADER, length) : CELS.read(bytes, HEADER, length);
        } catch (RowFormatException e) {
            throw new UnreadableStateException("a stored row is no row", e);
        }
    }
}
