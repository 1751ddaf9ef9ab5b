package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of a slice of a table's time were read.
 *
 * @param from the slice's first second on the table's scale
 * @param seconds the slice's length
 * @param rows those that were read
 */
record KeylessOffset(long from, long seconds, Hashes rows) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String FROM = "from";
    private static final String SECONDS = "seconds";
    private static final String ROWS = "rows";

    KeylessOffset {
        if (seconds <= 0) {
            throw new IllegalArgumentException("source offset: seconds is " + seconds + " and must be positive");
        }
        requireNonNull(rows, "rows is null");
    }

    /**
     * Only numbers and text. Every record has such a map and Connect writes the last one of many: the text of all rows is not
     * made before somebody looks.
     */
    Map<String, Object> toMap() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                Map<String, Object> map = new HashMap<>();
                map.put(VERSION, CURRENT_VERSION);
                map.put(FROM, from);
                map.put(SECONDS, seconds);
                map.put(ROWS, rows.text());
                return map.entrySet();
            }
        };
    }

    /** @throws IllegalArgumentException if it is no offset of a slice; names the fault */
    static KeylessOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new KeylessOffset(fields.number(FROM), fields.number(SECONDS), Hashes.parse(fields.text(ROWS)));
    }
}
