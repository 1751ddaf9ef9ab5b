package com.sipstack.asterisk.assembler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is due when, in the order of time. Belongs to the task's thread. */
final class CallTimers {
    private final KeyValueStore<Bytes, byte[]> timers;
    /** No timer is earlier: a scan that began before would pass over all that were deleted, again and again. */
    private long noneBefore;
    /** Whether there is one at that time, or none at all: then nothing must be looked up, ten times a second. */
    private boolean isKnown;

    CallTimers(KeyValueStore<Bytes, byte[]> timers) {
        this.timers = timers;
    }

    /** A timer as it stands in the store. Without transactions, a process that dies may leave one that nobody knows of. */
    record Due(String name, long at) {}

    /** Moves a timer; {@link CallState#NEVER} stands for none. */
    void move(String name, long from, long to) {
        if (from == to) {
            return;
        }
        // First, so that a process that dies in between leaves one too many and not none
        if (to != CallState.NEVER) {
            timers.put(timerKey(name, to), StoreKeys.EMPTY);
            isKnown |= to <= noneBefore;
            noneBefore = Math.min(noneBefore, to);
        }
        if (from != CallState.NEVER) {
            timers.put(timerKey(name, from), null); // a delete would read it
            isKnown &= from != noneBefore;
        }
    }

    /** When the next one is due; {@link CallState#NEVER} if none is. */
    long next() {
        if (isKnown) {
            return noneBefore;
        }
        try (KeyValueIterator<Bytes, byte[]> entries = timers.range(timerKey("", noneBefore), null)) {
            noneBefore = entries.hasNext()
                    ? ByteBuffer.wrap(entries.next().key.get()).getLong()
                    : CallState.NEVER;
            isKnown = true;
        }
        return noneBefore;
    }

    /** Those that are due now, the earliest first; at most so many. */
    List<Due> due(long now, int limit) {
        if (noneBefore > now) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = timers.range(timerKey("", noneBefore), timerKey("", now + 1))) {
            while (entries.hasNext() && due.size() < limit) {
                byte[] key = entries.next().key.get();
                String name = new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8);
                due.add(new Due(name, ByteBuffer.wrap(key).getLong()));
            }
        }
        return due;
    }

    /** Big-endian time first, so that the store's order is that of time. */
    private static Bytes timerKey(String name, long due) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(due)
                .put(bytes)
                .array());
    }
}
