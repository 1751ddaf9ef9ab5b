package com.sipstack.asterisk.assembler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A finished call's rows in one value: a byte for the format, the length when unpacked, then what {@link Deflater} makes of the rows
 * and their names. A dictionary of what rows usually say is part of the format and never changes. What is left of a pack
 * in the end has a format of its own: a mark of eight bytes for each row.
 */
final class RowPack {
    private static final byte FORMAT = 1;
    private static final byte MARKS = 2;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int LARGEST = 256 << 20;
    private static final Pattern SHORT_NAME = Pattern.compile(RowIdentity.GROUP + "\\d+");
    private static final byte[] DICTIONARY = resource("row-pack-1.dictionary");
    /** Each is a quarter of a megabyte to be cleared before its first byte. */
    private static final ThreadLocal<Deflater> DEFLATER =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true));

    private RowPack() {}

    /** @param rows as they are stored, by name */
    static byte[] ofRows(Map<String, byte[]> rows) {
        byte[] plain = concatenate(rows);
        Deflater deflater = DEFLATER.get();
        deflater.reset();
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
    }

    private static byte[] concatenate(Map<String, byte[]> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        int number = 0;
        for (Map.Entry<String, byte[]> entry : rows.entrySet()) {
            NamedBytes.write(shortName(entry.getKey(), number++), entry.getValue(), out);
        }
        return out.toByteArray();
    }

    /** What a row tells itself is not written twice; a number keeps the names apart for releases that look no further. */
    private static String shortName(String name, int number) {
        boolean isGroup = name.startsWith(RowIdentity.GROUP)
                && name.indexOf(RowGroup.TWIN) < 0
                && name.indexOf(RowGroup.INDEX) < 0;
        return isGroup ? RowIdentity.GROUP + number : name;
    }

    private static String wholeName(String name, byte[] row) {
        return SHORT_NAME.matcher(name).matches() ? RowIdentity.group(RowCodec.fromBytes(row)) : name;
    }

    /**
     * The rows as they were stored, by name; none where only marks are left.
     *
     * @throws UnreadableStateException if the bytes are no pack that this release reads
     */
    static Map<String, byte[]> rowsIn(byte[] pack) {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        if (isMarks(pack)) {
            return rows;
        }
        NamedBytes.read(ByteBuffer.wrap(inflate(pack)), (name, row) -> rows.put(wholeName(name, row), row));
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

    /** Whether only marks are left. */
    static boolean isMarks(byte[] pack) {
        return formatOf(pack) == MARKS;
    }

    static byte[] ofMarks(long[] marks) {
        ByteBuffer out = ByteBuffer.allocate(1 + marks.length * Long.BYTES).put(MARKS);
        for (long mark : marks) {
            out.putLong(mark);
        }
        return out.array();
    }

    /** The marks as they were left; none where the rows are still there. */
    static long[] marksIn(byte[] pack) {
        if (formatOf(pack) != MARKS) {
            return new long[0];
        }
        long[] marks = new long[(pack.length - 1) / Long.BYTES];
        ByteBuffer.wrap(pack, 1, pack.length - 1).asLongBuffer().get(marks);
        return marks;
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
