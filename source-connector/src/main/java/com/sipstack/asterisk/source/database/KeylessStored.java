package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What Connect keeps of a keyless table.
 *
 * @param start empty if it was never read, or from its oldest row on
 * @param buckets those that have ever been written to
 */
record KeylessStored(Optional<KeylessStart> start, Map<KeylessPartition, KeylessOffset> buckets) {
    static final KeylessStored NOTHING = new KeylessStored(Optional.empty(), Map.of());

    KeylessStored {
        buckets = Map.copyOf(buckets);
    }

    /** Asks Connect for them, from any thread: once it is known that the table has no id, and not for the others. */
    interface Source {
        KeylessStored of(DatabaseSourcePartition table);
    }

    static Source from(OffsetStorageReader reader) {
        return table -> {
            synchronized (reader) {
                return read(
                        reader,
                        KeylessPartition.allOf(table).stream()
                                .map(KeylessPartition::toMap)
                                .toList());
            }
        };
    }

    boolean isEmpty() {
        return start.isEmpty() && buckets.isEmpty();
    }

    /** When a row was last read; empty if none ever was. */
    Optional<Instant> lastRead() {
        return buckets.values().stream().map(KeylessOffset::at).max(Comparator.naturalOrder());
    }

    /** Without the rows of the slices that were added to in the last stretch of time before the last row was read. */
    KeylessStored rewound(Duration lookback) {
        Instant then = lastRead().orElse(Instant.EPOCH).minus(lookback);
        Map<KeylessPartition, KeylessOffset> kept = new HashMap<>();
        buckets.forEach(
                (partition, offset) -> kept.put(partition, offset.at().isBefore(then) ? offset : offset.forgotten()));
        return new KeylessStored(start, kept);
    }

    private static KeylessStored read(OffsetStorageReader reader, List<Map<String, Object>> partitions) {
        Map<KeylessPartition, KeylessOffset> buckets = new HashMap<>();
        Optional<KeylessStart> start = Optional.empty();
        for (Map.Entry<Map<String, Object>, Map<String, Object>> stored :
                reader.offsets(partitions).entrySet()) {
            try {
                KeylessPartition partition = KeylessPartition.fromMap(stored.getKey());
                if (stored.getValue() != null && partition.isStart()) {
                    start = Optional.of(KeylessStart.fromMap(stored.getValue()));
                } else if (stored.getValue() != null) {
                    buckets.put(partition, KeylessOffset.fromMap(stored.getValue()));
                }
            } catch (IllegalArgumentException e) {
                throw new ConnectException(
                        "stored offset of " + stored.getKey() + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new KeylessStored(start, buckets);
    }
}
