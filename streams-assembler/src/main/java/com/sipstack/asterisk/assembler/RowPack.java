package com.sipstack.asterisk.assembler;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A finished call's rows in one value: a byte for the format, the length when unpacked, then what Zstandard makes of the rows
 * and their names; earlier releases took Deflate. A dictionary of what rows usually say is part of both formats and never changes. What is
 * left of a pack in the end has a format of its own: a mark of eight bytes for each row.
 */
final class RowPack {
    private static final byte DEFLATED = 1;
    private static final byte MARKS = 2;
    private static final byte FORMAT = 3;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int LARGEST = 256 << 20;
    private static final Pattern SHORT_NAME = Pattern.compile(RowIdentity.GROUP + "\\d+");
    private static final byte[] DICTIONARY = resource("row-pack-1.dictionary");
    /** Packs hardly larger than Deflate's best, in a quarter of its time. */
    private static final int LEVEL = 3;

    private static final ZstdDictCompress TO_PACK = new ZstdDictCompress(DICTIONARY, LEVEL);
    private static final ZstdDictDecompress TO_UNPACK = new ZstdDictDecompress(DICTIONARY);
    /** Each has working memory to be cleared before its first byte. */
    private static final ThreadLocal<ZstdCompressCtx> PACKERS = ThreadLocal.withInitial(RowPack::packer);

    private static final ThreadLocal<ZstdDecompressCtx> UNPACKERS = ThreadLocal.withInitial(
            () -> new ZstdDecompressCtx().loadDict(TO_UNPACK).setMagicless(true));

    private RowPack() {}

    private static ZstdCompressCtx packer() {
        return new ZstdCompressCtx().loadDict(TO_PACK).setMagicless(true).setContentSize(false);
    }

    /** @param rows as they are stored, by name */
    static byte[] ofRows(Map<String, byte[]> rows) {
        byte[] plain = concatenate(rows);
        byte[] packed = PACKERS.get().compress(plain);
        return ByteBuffer.allocate(HEADER + packed.length)
                .put(FORMAT)
                .putInt(plain.length)
                .put(packed)
                .array();
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
        NamedBytes.read(ByteBuffer.wrap(unpack(pack)), (name, row) -> rows.put(wholeName(name, row), row));
        return rows;
    }

    private static byte[] unpack(byte[] pack) {
        byte[] plain = new byte[lengthIn(pack)];
        int read = formatOf(pack) == DEFLATED ? inflate(pack, plain) : decompress(pack, plain);
        if (read != plain.length) {
            throw new UnreadableStateException("a pack of rows has " + read + " bytes instead of " + plain.length);
        }
        return plain;
    }

    private static int lengthIn(byte[] pack) {
        int length = ByteBuffer.wrap(pack, 1, Integer.BYTES).getInt();
        if (length < 0 || length > LARGEST) {
            throw new UnreadableStateException("a pack of rows says that it has " + length + " bytes");
        }
        return length;
    }

    private static int decompress(byte[] pack, byte[] plain) {
        try {
            return UNPACKERS.get().decompressByteArray(plain, 0, plain.length, pack, HEADER, pack.length - HEADER);
        } catch (ZstdException e) {
            throw new UnreadableStateException("a pack of rows cannot be unpacked", e);
        }
    }

    private static int inflate(byte[] pack, byte[] plain) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(pack, HEADER, pack.length - HEADER);
            return inflater.inflate(plain);
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
        if (pack[0] < DEFLATED || pack[0] > FORMAT) {
            throw UnreadableStateException.ofFormat("a pack of rows", pack[0], DEFLATED + " to " + FORMAT);
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
