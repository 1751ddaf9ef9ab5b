package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Rows as they are stored: a byte for the format, one for the kind, then the columns as JSON. */
final class RowCodec {
    private static final byte FORMAT = 1;
    private static final byte CDR = 'D';
    private static final byte CEL = 'E';
    private static final int HEADER = 2;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> COLUMNS = new TypeReference<>() {};

    private RowCodec() {}

    static byte[] toBytes(Row row) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream(512)) {
            out.write(FORMAT);
            if (row instanceof Cdr cdr) {
                out.write(CDR);
                JSON.writeValue(out, Cdr.MAPPING.toColumns(cdr));
            } else if (row instanceof Cel cel) {
                out.write(CEL);
                JSON.writeValue(out, Cel.MAPPING.toColumns(cel));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a row cannot be written as JSON", e);
        }
    }

    /** @throws IllegalStateException if the bytes are of a format that this release does not know */
    static Row fromBytes(byte[] bytes) {
        if (bytes[0] != FORMAT) {
            throw new IllegalStateException("a row is stored in format " + bytes[0] + ", this release reads " + FORMAT);
        }
        try {
            Map<String, Object> columns = JSON.readValue(bytes, HEADER, bytes.length - HEADER, COLUMNS);
            return bytes[1] == CDR ? Cdr.MAPPING.fromColumns(columns) : Cel.MAPPING.fromColumns(columns);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored row is no JSON", e);
        }
    }
}
