package com.sipstack.asterisk.assembler;

import java.nio.ByteBuffer;

/**
 * What must be remembered of a call beside its rows. Times are the assembler's clock, milliseconds since 1970.
 *
 * @param firstSeen when its first row arrived
 * @param lastSeen when its latest row arrived
 * @param lastShipped when its latest document was written; 0 if none was
 * @param hasNews whether rows came that no document was made of yet
 * @param due when it must be looked at again; {@link #NEVER} if only a row can make that necessary
 * @param revision number of its latest document; 0 if none was written
 * @param contentHash of its latest document
 */
record CallState(
        Stage stage,
        long firstSeen,
        long lastSeen,
        long lastShipped,
        boolean hasNews,
        long due,
        int revision,
        long contentHash) {
    static final long NEVER = Long.MAX_VALUE;

    private static final byte FORMAT = 1;
    private static final int SIZE = 3 + 5 * Long.BYTES + Integer.BYTES;

    /** How much of the call is still here. */
    enum Stage {
        /** It goes on, or its end is too fresh. */
        OPEN(0),
        /** Its complete document was written; rows that come late still change it. */
        COMPLETE(1),
        /** Its rows are gone; only its revision is remembered. */
        HISTORY(2);

        private final byte code;

        Stage(int code) {
            this.code = (byte) code;
        }

        private static Stage of(byte code) {
            return switch (code) {
                case 0 -> OPEN;
                case 1 -> COMPLETE;
                case 2 -> HISTORY;
                default -> throw new IllegalStateException("a call's state has the unknown stage " + code);
            };
        }
    }

    static CallState firstSeen(long now) {
        return new CallState(Stage.OPEN, now, now, 0, true, NEVER, 0, 0);
    }

    /** A row came. */
    CallState seen(long now) {
        return new CallState(stage, firstSeen, Math.max(lastSeen, now), lastShipped, true, due, revision, contentHash);
    }

    CallState dueAt(long at) {
        return new CallState(stage, firstSeen, lastSeen, lastShipped, hasNews, at, revision, contentHash);
    }

    CallState in(Stage next) {
        return new CallState(next, firstSeen, lastSeen, lastShipped, hasNews, due, revision, contentHash);
    }

    /** A document was written of all rows. */
    CallState shipped(long now, long hash) {
        return new CallState(stage, firstSeen, lastSeen, now, false, due, revision + 1, hash);
    }

    /** All rows were read and gave the same content as before. */
    CallState withoutNews() {
        return new CallState(stage, firstSeen, lastSeen, lastShipped, false, due, revision, contentHash);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE)
                .put(FORMAT)
                .put(stage.code)
                .putLong(firstSeen)
                .putLong(lastSeen)
                .putLong(lastShipped)
                .put((byte) (hasNews ? 1 : 0))
                .putLong(due)
                .putInt(revision)
                .putLong(contentHash)
                .array();
    }

    /** @throws IllegalStateException if the bytes are of a format that this release does not know */
    static CallState fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "state of a call is in format " + format + ", this release reads " + FORMAT);
        }
        return new CallState(
                Stage.of(in.get()),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.get() == 1,
                in.getLong(),
                in.getInt(),
                in.getLong());
    }
}
