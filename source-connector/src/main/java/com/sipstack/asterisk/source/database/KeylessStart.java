package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where reading of a keyless table began.
 *
 * @param floor second on the table's scale: rows that ended before it are not to be read; empty if all are
 * @param seen rows that were there already, of those that ended later
 */
record KeylessStart(OptionalLong floor, Hashes seen) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String FLOOR = "floor";
    private static final String SEEN = "seen";

    /** At the oldest row. */
    static final KeylessStart OLDEST = new KeylessStart(OptionalLong.empty(), Hashes.NONE);

    KeylessStart {
        requireNonNull(floor, "floor is null");
        requireNonNull(seen, "seen is null");
    }

    /** @param end of the row, on the table's scale; empty if unknown */
    boolean isBefore(OptionalLong end) {
        return floor.isPresent() && end.isPresent() && end.getAsLong() < floor.getAsLong();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(FLOOR, floor.isPresent() ? TimeForm.LOCAL.print(floor.getAsLong()) : "");
        map.put(SEEN, seen.text());
        return map;
    }

    /** @throws IllegalArgumentException if it is no start; names the fault */
    static KeylessStart fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        String floor = fields.text(FLOOR);
        OptionalLong second = TimeForm.second(floor);
        if (second.isEmpty() && !floor.isEmpty()) {
            throw new IllegalArgumentException(
                    "source offset: floor is " + floor + " and must be empty or such as 2026-01-31 05:00:00");
        }
        return new KeylessStart(second, Hashes.parse(fields.text(SEEN)));
    }
}
