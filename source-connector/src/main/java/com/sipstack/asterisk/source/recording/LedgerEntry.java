package com.sipstack.asterisk.source.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What was done with a file.
 *
 * @param size bytes; negative if only a receipt told of the file
 * @param modified last change, UTC microseconds since 1970
 * @param at when, UTC milliseconds since 1970
 * @param sha256 of what was accepted, lower-case hexadecimal; empty if unknown
 */
record LedgerEntry(State state, long size, long modified, long at, String sha256) {
    private static final byte FORMAT = 1;
    static final long UNKNOWN_SIZE = -1;

    /** In the order in which one follows another; the code is what is written. */
    enum State {
        /** Kafka has the recording. */
        ANNOUNCED(0),
        /** It is a letter in the dead-letter queue. */
        GIVEN_UP(1),
        /** The API has it. */
        ACCEPTED(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State of(int code) {
            return Arrays.stream(values())
                    .filter(state -> state.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("ledger has an unknown state, " + code));
        }
    }

    /** Whether it is of a file as it is now. */
    boolean isOf(FileVersion version) {
        return modified == version.modified() && (size == UNKNOWN_SIZE || size == version.size());
    }

    /** With what was learnt of the same file later, or was only noticed later: receipts may come before the word that Kafka has it. */
    LedgerEntry and(LedgerEntry learnt) {
        return new LedgerEntry(
                state.compareTo(learnt.state) > 0 ? state : learnt.state,
                Math.max(size, learnt.size),
                modified,
                learnt.at,
                learnt.sha256.isEmpty() ? sha256 : learnt.sha256);
    }

    byte[] toBytes() {
        byte[] hash = HexFormat.of().parseHex(sha256);
        return ByteBuffer.allocate(2 + 3 * Long.BYTES + hash.length)
                .put(FORMAT)
                .put((byte) state.code)
                .putLong(size)
                .putLong(modified)
                .putLong(at)
                .put(hash)
                .array();
    }

    /** @throws IllegalArgumentException if the bytes are of a later release */
    static LedgerEntry fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("ledger's format is " + format + " and must be " + FORMAT);
        }
        State state = State.of(buffer.get());
        return new LedgerEntry(
                state,
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                HexFormat.of().formatHex(Arrays.copyOfRange(bytes, buffer.position(), bytes.length)));
    }
}
