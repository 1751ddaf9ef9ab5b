package com.sipstack.asterisk.source.database;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.LongStream;

/**
 * Hashes of rows in the order in which the rows were read, that of a twin as often as there are twins. A view of the beginning
 * of an array that may go on growing behind it, so that each of thousands of records can have its own at no cost. Immutable.
 */
final class Hashes {
    /** An offset must fit into a Kafka record: about 215 kB of text at most. */
    static final int MOST_IN_TEXT = 20_000;

    static final Hashes NONE = new Hashes(new long[0], 0);

    private final long[] values;
    private final int size;

    /** @param values of which the first ones, up to the size, change no more */
    Hashes(long[] values, int size) {
        this.values = values;
        this.size = size;
    }

    static Hashes of(long... values) {
        return new Hashes(values.clone(), values.length);
    }

    /** @throws IllegalArgumentException if the text is none of ours */
    static Hashes parse(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException("hashes of " + bytes.length + " bytes are not of 8 bytes each");
        }
        long[] values = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(values);
        return new Hashes(values, values.length);
    }

    LongStream stream() {
        return Arrays.stream(values, 0, size);
    }

    /** Of very many, the last ones. */
    Hashes latest() {
        return size <= MOST_IN_TEXT ? this : of(Arrays.copyOfRange(values, size - MOST_IN_TEXT, size));
    }

    /** Eight bytes of each in base64; of very many the last ones. */
    String text() {
        Hashes kept = latest();
        ByteBuffer bytes = ByteBuffer.allocate(kept.size * Long.BYTES);
        bytes.asLongBuffer().put(kept.values, 0, kept.size);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
