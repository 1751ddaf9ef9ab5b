package com.sipstack.asterisk.assembler;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What must be remembered of a call beside its rows. Times are the assembler's clock, milliseconds since 1970.
 *
 * @param firstSeen when its first row arrived
 * @param openedAt when it began to be open: its first row's arrival, or that of the row that opened it again
 * @param lastSeen when its latest row arrived
 * @param turnedAt when the first turn came that no document tells yet; 0 if there is none
 * @param hasNews whether rows came that no document was made of yet
 * @param storage how its rows stand in the stores
 * @param due when it must be looked at again; {@link #NEVER} if only a row can make that necessary
 * @param last its latest document
 */
record CallState(
        Stage stage,
        long firstSeen,
        long openedAt,
        long lastSeen,
        long turnedAt,
        boolean hasNews,
        Storage storage,
        long due,
        LastDocument last) {
    static final long NEVER = Long.MAX_VALUE;

    private static final byte FORMAT = 2;
    private static final byte FIRST_FORMAT = 1;
    private static final int NEWS = 1;
    private static final int PACKED = 2;
    /** Releases that know nothing of them pass over these, and leave them out. */
    private static final int BY_GROUP = 4;

    private static final int ALONE = 8;
    private static final int IN_BLOCKS = 16;
    private static final int SIZE = 3 + 8 * Long.BYTES + Integer.BYTES;

    /**
     * The latest document of a call.
     *
     * @param revision its number; 0 if none was written
     * @param contentHash of what it says
     * @param at when it was written, by the assembler's clock
     * @param timestamp of its record, by the machine's clock
     */
    record LastDocument(int revision, long contentHash, long at, long timestamp) {
        static final LastDocument NONE = new LastDocument(0, 0, 0, 0);

        /** No document is of that day in 1970: releases before find none, and take rows that come for too late. */
        private static final long FORGOTTEN = Duration.ofDays(1).toMillis();

        LastDocument forgotten(long now) {
            return new LastDocument(revision, 0, now, FORGOTTEN);
        }

        boolean isForgotten() {
            return timestamp == FORGOTTEN;
        }
    }

    /**
     * What need not be looked for in the stores.
     *
     * @param isPacked whether rows were collapsed into one value
     * @param isByGroup whether all rows stand under what their sources say alike, as this release stores them
     * @param isInBlocks whether no row stands under a key of its own
     * @param isAlone whether no other call is tied to it for certain
     */
    record Storage(boolean isPacked, boolean isByGroup, boolean isInBlocks, boolean isAlone) {
        /** Of a call that has no rows yet. */
        static final Storage FRESH = new Storage(false, true, true, false);

        private static Storage of(byte flags) {
            return new Storage(
                    (flags & PACKED) != 0, (flags & BY_GROUP) != 0, (flags & IN_BLOCKS) != 0, (flags & ALONE) != 0);
        }

        private Storage packed() {
            return new Storage(true, isByGroup, isInBlocks, isAlone);
        }

        private Storage alone(boolean isNowAlone) {
            return new Storage(isPacked, isByGroup, isInBlocks, isNowAlone);
        }

        private int flags() {
            return (isPacked ? PACKED : 0)
                    | (isByGroup ? BY_GROUP : 0)
                    | (isInBlocks ? IN_BLOCKS : 0)
                    | (isAlone ? ALONE : 0);
        }
    }

    /** How much of the call is still here. */
    enum Stage {
        /** It goes on, or its end is too fresh. */
        OPEN(0),
        /** Its complete document was written; rows that come late still change it. */
        COMPLETE(1),
        /** Its rows are gone; only its revision and by what its rows are known again is remembered. */
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
                default -> throw new UnreadableStateException("a call's state has the unknown stage " + code);
            };
        }
    }

    static CallState firstSeen(long now) {
        return new CallState(Stage.OPEN, now, now, now, 0, true, Storage.FRESH, NEVER, LastDocument.NONE);
    }

    boolean isPacked() {
        return storage.isPacked();
    }

    boolean isAlone() {
        return storage.isAlone();
    }

    /** @param isAlone whether no other call is tied to it */
    CallState alone(boolean isAlone) {
        Storage now = storage.alone(isAlone);
        return new CallState(stage, firstSeen, openedAt, lastSeen, turnedAt, hasNews, now, due, last);
    }

    int revision() {
        return last.revision();
    }

    /** A row came. */
    CallState seen(long now) {
        return new CallState(stage, firstSeen, openedAt, Math.max(lastSeen, now), turnedAt, true, storage, due, last);
    }

    /** Nothing was seen of it, or told, later than this. */
    CallState seenBy(long now) {
        LastDocument told =
                new LastDocument(revision(), last.contentHash(), Math.min(last.at(), now), last.timestamp());
        return new CallState(
                stage,
                Math.min(firstSeen, now),
                Math.min(openedAt, now),
                Math.min(lastSeen, now),
                Math.min(turnedAt, now),
                hasNews,
                storage,
                due,
                told);
    }

    /** Something beside its rows is to be told. */
    CallState withNews() {
        return new CallState(stage, firstSeen, openedAt, lastSeen, turnedAt, true, storage, due, last);
    }

    /** Something happened that is worth telling at once. */
    CallState turned(long now) {
        long first = turnedAt == 0 ? now : turnedAt;
        return new CallState(stage, firstSeen, openedAt, lastSeen, first, hasNews, storage, due, last);
    }

    CallState dueAt(long at) {
        return new CallState(stage, firstSeen, openedAt, lastSeen, turnedAt, hasNews, storage, at, last);
    }

    /** It was taken for over and goes on. */
    CallState openedAgain(long now) {
        return new CallState(Stage.OPEN, firstSeen, now, lastSeen, turnedAt, hasNews, storage, due, last).turned(now);
    }

    /** The complete document was written, and the rows were collapsed. */
    CallState completed() {
        Storage packed = storage.packed();
        return new CallState(Stage.COMPLETE, firstSeen, openedAt, lastSeen, turnedAt, hasNews, packed, due, last);
    }

    CallState inHistory() {
        CallState alone = alone(false);
        return new CallState(Stage.HISTORY, firstSeen, openedAt, lastSeen, turnedAt, hasNews, alone.storage, due, last);
    }

    /** Nothing is left of it but its revision, by order. */
    CallState forgotten(long now) {
        return new CallState(
                Stage.HISTORY, firstSeen, openedAt, now, 0, false, Storage.FRESH, due, last.forgotten(now));
    }

    boolean isForgotten() {
        return last.isForgotten();
    }

    /** A document was written of all rows. */
    CallState shipped(long now, long hash, long timestamp) {
        LastDocument next = new LastDocument(revision() + 1, hash, now, timestamp);
        return new CallState(stage, firstSeen, openedAt, lastSeen, 0, false, storage, due, next);
    }

    /** The latest document was written once more. */
    CallState toldAgain(long timestamp) {
        LastDocument again = new LastDocument(revision(), last.contentHash(), last.at(), timestamp);
        return new CallState(stage, firstSeen, openedAt, lastSeen, turnedAt, hasNews, storage, due, again);
    }

    /** All rows were read and gave the same content as before. */
    CallState withoutNews() {
        return new CallState(stage, firstSeen, openedAt, lastSeen, 0, false, storage, due, last);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE)
                .put(FORMAT)
                .put(stage.code)
                .put((byte) ((hasNews ? NEWS : 0) | storage.flags()))
                .putLong(firstSeen)
                .putLong(openedAt)
                .putLong(lastSeen)
                .putLong(turnedAt)
                .putLong(due)
                .putInt(revision())
                .putLong(last.contentHash())
                .putLong(last.at())
                .putLong(last.timestamp())
                .array();
    }

    /** @throws UnreadableStateException if the bytes are of a format that this release does not know */
    static CallState fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        return switch (format) {
            case FORMAT -> read(in);
            case FIRST_FORMAT -> readFirstFormat(in);
            default ->
                throw UnreadableStateException.ofFormat("state of a call", format, FIRST_FORMAT + " and " + FORMAT);
        };
    }

    private static CallState read(ByteBuffer in) {
        Stage stage = Stage.of(in.get());
        byte flags = in.get();
        return new CallState(
                stage,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                (flags & NEWS) != 0,
                Storage.of(flags),
                in.getLong(),
                new LastDocument(in.getInt(), in.getLong(), in.getLong(), in.getLong()));
    }

    /** It had neither packs nor turns, and the time of a document's record was about that of its writing. */
    private static CallState readFirstFormat(ByteBuffer in) {
        Stage stage = Stage.of(in.get());
        long firstSeen = in.getLong();
        long lastSeen = in.getLong();
        long lastShipped = in.getLong();
        boolean hasNews = in.get() == 1;
        long due = in.getLong();
        LastDocument last = new LastDocument(in.getInt(), in.getLong(), lastShipped, lastShipped);
        return new CallState(stage, firstSeen, firstSeen, lastSeen, 0, hasNews, Storage.of((byte) 0), due, last);
    }
}
