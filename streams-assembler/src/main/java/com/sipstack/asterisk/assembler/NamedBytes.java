package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** Entries one after the other: the lengths of name and value, four bytes each, then both. */
final class NamedBytes {
    private NamedBytes() {}

    static void write(String name, byte[] value, ByteArrayOutputStream out) {
        byte[] key = name.getBytes(UTF_8);
        out.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(key.length)
                .putInt(value.length)
                .array());
        out.writeBytes(key);
        out.writeBytes(value);
    }

    /** Hands over all that remain. */
    static void read(ByteBuffer in, BiConsumer<String, byte[]> entries) {
        while (in.hasRemaining()) {
            byte[] name = new byte[in.getInt()];
            byte[] value = new byte[in.getInt()];
            in.get(name).get(value);
            entries.accept(new String(name, UTF_8), value);
        }
    }
}
