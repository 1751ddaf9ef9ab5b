package com.sipstack.asterisk.sink;

import java.util.Iterator;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The records of one partition that were read and are not handled yet, from when the partition was assigned until it is taken
 * away; an assignment that follows starts anew. Safe for any thread.
 */
final class PartitionOffsets {
    private final NavigableSet<Long> unhandled = new ConcurrentSkipListSet<>();
    private volatile boolean owned = true;
    private volatile long last = -1;

    OffsetTicket track(long offset) {
        last = offset;
        unhandled.add(offset);
        return new OffsetTicket(this, offset);
    }

    void handled(long offset) {
        unhandled.remove(offset);
    }

    /** The offset before which everything was handled; empty if all that was read is. */
    OptionalLong firstUnhandled() {
        Iterator<Long> offsets = unhandled.iterator();
        return offsets.hasNext() ? OptionalLong.of(offsets.next()) : OptionalLong.empty();
    }

    /** How many are not handled. */
    int size() {
        return unhandled.size();
    }

    /** The offset to read next after a restart, as far as it is known here. */
    long next() {
        return firstUnhandled().orElse(last + 1);
    }

    /** False once the partition was taken away: its records are the next owner's. */
    boolean isOwned() {
        return owned;
    }

    void disown() {
        owned = false;
    }
}
