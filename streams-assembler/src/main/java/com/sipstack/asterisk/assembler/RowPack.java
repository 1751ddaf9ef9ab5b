package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A finished call's rows in one value: a byte for the format, the length when unpacked, then what {@link Deflater} makes of the rows
 * and their identities. A dictionary of what rows usually say is part of the format and never changes. What is left of a pack
 * in the end has a format of its own: a mark of eight bytes for each row.
 */
final class RowPack {
    private static final byte FORMAT = 1;
    private static final byte MARKS = 2;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int LARGEST = 256 << 20;
    private static final byte[] DICTIONARY = resource("row-pack-1.dictionary");

    private RowPack() {}

    /** @param rows as they are stored, by identity */
    static byte[] ofRows(Map<String, byte[]> rows) {
        byte[] plain = concatenate(rows);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + HEADER);
            out.writeBytes(
                    ByteBuffer.allocate(HEADER).put(FORMAT).putInt(plain.length).array());
            byte[] chunk = new byte[4096];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] concatenate(Map<String, byte[]> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        rows.forEach((identity, row) -> {
            byte[] name = identity.getBytes(UTF_8);
            out.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(name.length)
                    .putInt(row.length)
                    .array());
            out.writeBytes(name);
            out.writeBytes(row);
        });
        return out.toByteArray();
    }

    /**
     * The rows as they were stored, by identity; none where only marks are left.
     *
     * @throws UnreadableStateException if the bytes are no pack that this release reads
     */
    static Map<String, byte[]> rowsIn(byte[] pack) {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        if (formatOf(pack) == MARKS) {
            return rows;
        }
        ByteBuffer in = ByteBuffer.wrap(inflate(pack));
        while (in.hasRemaining()) {
            byte[] name = new byte[in.getInt()];
            byte[] row = new byte[in.getInt()];
            in.get(name).get(row);
            rows.put(new String(name, UTF_8), row);
        }
        return rows;
    }

    private static byte[] inflate(byte[] pack) {
        int length = ByteBuffer.wrap(pack, 1, Integer.BYTES).getInt();
        if (length < 0 || length > LARGEST) {
            throw new UnreadableStateException("a pack of rows says that it has " + length + " bytes");
        }
        byte[] plain = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(pack, HEADER, pack.length - HEADER);
            int read = inflater.inflate(plain);
            if (read != length) {
                throw new UnreadableStateException("a pack of rows has " + read + " bytes instead of " + length);
            }
            return plain;
        } catch (DataFormatException e) {
            throw new UnreadableStateException("a pack of rows cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    /** Marks of the rows in a pack and beside it. */
    static byte[] marksOf(byte[] pack, Map<String, byte[]> single) {
        boolean hadMarks = pack != null && formatOf(pack) == MARKS;
        byte[] marks = hadMarks ? Arrays.copyOf(pack, pack.length) : new byte[] {MARKS};
        Map<String, byte[]> rows = new LinkedHashMap<>(pack == null ? Map.of() : rowsIn(pack));
        rows.putAll(single);
        ByteBuffer out =
                ByteBuffer.allocate(marks.length + rows.size() * Long.BYTES).put(marks);
        rows.forEach((identity, row) -> out.putLong(markOf(identity, row)));
        return out.array();
    }

    /** Whether a row is in the pack, or its mark is. */
    static boolean holds(byte[] pack, String identity, byte[] row) {
        if (pack == null) {
            return false;
        }
        if (formatOf(pack) != MARKS) {
            return Arrays.equals(row, rowsIn(pack).get(identity));
        }
        long mark = markOf(identity, row);
        ByteBuffer marks = ByteBuffer.wrap(pack, 1, pack.length - 1);
        while (marks.hasRemaining()) {
            if (marks.getLong() == mark) {
                return true;
            }
        }
        return false;
    }

    private static long markOf(String identity, byte[] row) {
        byte[] name = identity.getBytes(UTF_8);
        return ContentHash.of(ByteBuffer.allocate(name.length + 1 + row.length)
                .put(name)
                .put((byte) 0)
                .put(row)
                .array());
    }

    private static byte formatOf(byte[] pack) {
        if (pack[0] != FORMAT && pack[0] != MARKS) {
            throw UnreadableStateException.ofFormat("a pack of rows", pack[0], FORMAT + " and " + MARKS);
        }
        return pack[0];
    }

    private static byte[] resource(String name) {
        try (InputStream in = RowPack.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
