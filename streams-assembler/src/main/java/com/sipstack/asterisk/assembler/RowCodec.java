package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
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
        byte[] json = json(row);
        byte[] bytes = new byte[HEADER + json.length];
        bytes[0] = FORMAT;
        bytes[1] = row instanceof Cdr ? CDR : CEL;
        System.arraycopy(json, 0, bytes, HEADER, json.length);
        return bytes;
    }

    /** The columns that are not null. */
    static byte[] json(Row row) {
        try {
            return JSON.writeValueAsBytes(
                    row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a row cannot be written as JSON", e);
        }
    }

    /** @throws UnreadableStateException if the bytes are of a format that this release does not know */
    static Row fromBytes(byte[] bytes) {
        if (bytes[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a row", bytes[0], "" + FORMAT);
        }
        try {
            Map<String, Object> columns = JSON.readValue(bytes, HEADER, bytes.length - HEADER, COLUMNS);
            return bytes[1] == CDR ? Cdr.MAPPING.fromColumns(columns) : Cel.MAPPING.fromColumns(columns);
        } catch (IOException e) {
            throw new UnreadableStateException("a stored row is no JSON", e);
        }
    }
}
