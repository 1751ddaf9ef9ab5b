package com.sipstack.asterisk.source.database;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The rows of a slice of a table's time that are known, by hash. For one thread; what {@link #hashes} gave is for any. */
final class KnownSlice {
    private final Map<Long, Integer> counts = new HashMap<>();
    private long[] order = new long[16];
    private int size;

    static KnownSlice of(Hashes hashes) {
        KnownSlice slice = new KnownSlice();
        hashes.stream().forEach(slice::add);
        return slice;
    }

    /** How many twins are known. */
    int count(long hash) {
        return counts.getOrDefault(hash, 0);
    }

    /** Lets as many twins be known as the given number. */
    void raise(long hash, int count) {
        while (count(hash) < count) {
            add(hash);
        }
    }

    /** All that is known now. */
    Hashes hashes() {
        return new Hashes(order, size);
    }

    /** This one, or what an offset would keep of it if it has grown to twice that. */
    KnownSlice bounded() {
        return size < 2 * Hashes.MOST_IN_TEXT ? this : of(hashes().latest());
    }

    private void add(long hash) {
        counts.merge(hash, 1, Integer::sum);
        if (size == order.length) {
            order = Arrays.copyOf(order, size * 2);
        }
        order[size++] = hash;
    }
}
