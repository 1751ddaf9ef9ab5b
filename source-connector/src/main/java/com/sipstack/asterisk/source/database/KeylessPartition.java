package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an offset of a table without id is of: where reading began, or one of the buckets into which the slices of its time
 * fall in turn. The buckets are always the same ones, so that a task can ask for all of them.
 *
 * @param bucket {@link #START}, {@link #STRAYS} or a number below {@link #BUCKETS}
 */
record KeylessPartition(DatabaseSourcePartition table, String bucket) {
    static final int BUCKETS = 64;
    static final String START = "start";
    /** Of rows whose time cannot be read, or lies beyond the PBX's now. */
    static final String STRAYS = "strays";

    private static final String BUCKET = "bucket";

    KeylessPartition {
        requireNonNull(table, "table is null");
        if (!names().toList().contains(bucket)) {
            throw new IllegalArgumentException("source partition: bucket is " + bucket + " and must be " + START + ", "
                    + STRAYS + " or a number from 0 to " + (BUCKETS - 1));
        }
    }

    static List<KeylessPartition> allOf(DatabaseSourcePartition table) {
        return names().map(name -> new KeylessPartition(table, name)).toList();
    }

    /** Whether a partition is of this kind, however wrong otherwise. */
    static boolean isOne(Map<String, ?> map) {
        return map.containsKey(BUCKET);
    }

    boolean isStart() {
        return bucket.equals(START);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>(table.toMap());
        map.put(BUCKET, bucket);
        return map;
    }

    /** @throws IllegalArgumentException if it is no partition of this kind; names the fault */
    static KeylessPartition fromMap(Map<String, ?> map) {
        return new KeylessPartition(
                DatabaseSourcePartition.fromMap(map), new StoredFields("source partition", map).text(BUCKET));
    }

    private static Stream<String> names() {
        return Stream.concat(
                Stream.of(START, STRAYS), IntStream.range(0, BUCKETS).mapToObj(Integer::toString));
    }
}
