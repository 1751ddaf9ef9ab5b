package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The rows of a keyless table that need not be read again, as far back as a new one may come. A slice of the table's time falls
 * into one bucket, and no two slices of the window into the same. For one thread.
 */
final class KnownRows {
    private static final String STRAYS = KeylessPartition.STRAYS;

    private final DatabaseSourcePartition table;
    private final long reach;
    private final long sliceSeconds;
    private final NavigableMap<Long, KnownSlice> slices = new TreeMap<>();
    private KnownSlice strays = new KnownSlice();
    private KnownSlice seen = new KnownSlice();
    private OptionalLong newest = OptionalLong.empty();
    /** Slices from then on are kept though the window moves on, since they are being read again; empty if none are. */
    private OptionalLong kept = OptionalLong.empty();

    private Instant at = Instant.EPOCH;

    /** @param reach how much earlier than the newest row's a new row's time may be */
    KnownRows(DatabaseSourcePartition table, Duration reach) {
        this.table = table;
        this.reach = reach.toSeconds();
        // The window may begin and end within a slice
        this.sliceSeconds = this.reach / (KeylessPartition.BUCKETS - 2) + 1;
    }

    /** What is to be kept with a row's record. */
    record Place(KeylessPartition partition, KeylessOffset offset) {}

    /** Takes over what an earlier task knew. Slices of another length, from before a setting was changed, tell only how far it was. */
    void restore(KeylessStored stored) {
        stored.buckets().forEach((partition, offset) -> {
            if (partition.bucket().equals(STRAYS)) {
                strays = KnownSlice.of(offset.rows());
                return;
            }
            if (offset.seconds() == sliceSeconds) {
                slices.put(numberOf(offset.from()), KnownSlice.of(offset.rows()));
            }
            advance(offset.from());
        });
        stored.start().ifPresent(this::beginAt);
    }

    void beginAt(KeylessStart start) {
        seen = KnownSlice.of(start.seen());
        start.floor().ifPresent(this::advance);
    }

    boolean isKnown(KeylessRow row) {
        return row.twin() <= Math.max(countInSlice(row), Math.max(strays.count(row.hash()), seen.count(row.hash())));
    }

    /** Takes a row for known. A clock that was wrong for a moment does not move the window into the future. */
    Place learn(KeylessRow row, TableNow now) {
        if (row.second().isEmpty()) {
            return learnStray(row);
        }
        long second = row.second().getAsLong();
        if (second > now.latest()) {
            advance(now.earliest());
            return learnStray(row);
        }
        advance(second);
        return learnIn(numberOf(second), row);
    }

    /** The newest row's time, or a little earlier; empty if there was none. */
    OptionalLong newest() {
        return newest;
    }

    /** When what is learnt until the next call is read. */
    void readAt(Instant now) {
        at = now;
    }

    /** Keeps what is known from a second on until the next call. */
    void keepFrom(OptionalLong second) {
        kept = second;
    }

    private Place learnIn(long number, KeylessRow row) {
        KnownSlice slice = slices.computeIfAbsent(number, absent -> new KnownSlice());
        slice.raise(row.hash(), row.twin());
        String bucket = Long.toString(Math.floorMod(number, (long) KeylessPartition.BUCKETS));
        return place(bucket, number * sliceSeconds, slice);
    }

    private Place learnStray(KeylessRow row) {
        strays = strays.bounded();
        strays.raise(row.hash(), row.twin());
        return place(STRAYS, 0, strays);
    }

    private int countInSlice(KeylessRow row) {
        if (row.second().isEmpty()) {
            return 0;
        }
        KnownSlice slice = slices.get(numberOf(row.second().getAsLong()));
        return slice == null ? 0 : slice.count(row.hash());
    }

    private Place place(String bucket, long from, KnownSlice slice) {
        return new Place(
                new KeylessPartition(table, bucket), new KeylessOffset(from, sliceSeconds, slice.hashes(), at));
    }

    private void advance(long second) {
        if (newest.isEmpty() || newest.getAsLong() < second) {
            newest = OptionalLong.of(second);
            slices.headMap(numberOf(Math.min(second - reach, kept.orElse(Long.MAX_VALUE))))
                    .clear();
        }
    }

    private long numberOf(long second) {
        return Math.floorDiv(second, sliceSeconds);
    }
}
