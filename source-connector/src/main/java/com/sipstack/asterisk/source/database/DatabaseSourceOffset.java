package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a table was read.
 *
 * @param id of the last row read
 * @param epoch counts the times that the table's ids began again; 0 so far
 * @param at when it was read, by our clock, to the millisecond
 * @param checkpoints how far it had been read some time earlier
 */
public record DatabaseSourceOffset(long id, int epoch, Instant at, Checkpoints checkpoints) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String ID = "id";
    private static final String EPOCH = "epoch";
    private static final String AT = "at";
    private static final String CHECKPOINTS = "checkpoints";

    public DatabaseSourceOffset {
        if (id < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "source offset: id " + id + " and epoch " + epoch + " must not be negative");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(checkpoints, "checkpoints is null");
    }

    /** Before the first row after an id. */
    static DatabaseSourceOffset startingAfter(long id, Instant now) {
        return new DatabaseSourceOffset(id, 0, now, Checkpoints.NONE.plus(now, id, Duration.ZERO));
    }

    /** The same place as it is to be written with the rows read now. */
    DatabaseSourceOffset readingAt(Instant now, Duration lookback) {
        return new DatabaseSourceOffset(id, epoch, now, checkpoints.plus(now, id, lookback));
    }

    /** Beyond a row. */
    DatabaseSourceOffset after(long rowId) {
        return new DatabaseSourceOffset(rowId, epoch, at, checkpoints);
    }

    /** As it was at least the lookback before it was made, or as long ago as is known. */
    DatabaseSourceOffset rewound(Duration lookback) {
        Instant then = at.minus(lookback);
        return new DatabaseSourceOffset(checkpoints.idAt(then).orElse(id), epoch, at, checkpoints.until(then));
    }

    /** Only numbers and text, which is what Connect stores. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(ID, id);
        map.put(EPOCH, (long) epoch);
        map.put(AT, at.toEpochMilli());
        map.put(CHECKPOINTS, checkpoints.text());
        return map;
    }

    /** @throws IllegalArgumentException if it is no offset of this connector's; names the fault */
    public static DatabaseSourceOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new DatabaseSourceOffset(
                fields.number(ID),
                Math.toIntExact(fields.number(EPOCH)),
                Instant.ofEpochMilli(fields.number(AT)),
                new Checkpoints(fields.text(CHECKPOINTS)));
    }
}
