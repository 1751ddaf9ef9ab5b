package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.source.fleet.Checkpoints;
import com.sipstack.asterisk.source.fleet.StoredFields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a table was read: every row up to an id, but for gaps that may still fill.
 *
 * <p>Stored as {@code version} 1, which is what a reader must know at least, and {@code format} 2, which has {@code gaps} and
 * {@code landmarks} on top. A release that knows format 1 alone reads on after the same id and ignores the rest: of the rows
 * that were still to come in gaps when it took over it reads none, unless {@code rewind.before} is set to that moment, since
 * checkpoints never lie beyond an open gap. Offsets that it writes have no gaps, and are read here as such.
 *
 * @param id the largest of a row read
 * @param epoch counts the times that the table's ids began again; 0 so far
 * @param at when it was read, by our clock, to the millisecond
 * @param checkpoints how far it had been read without a gap some time earlier
 * @param gaps the ids up to this one that may still come; those beyond it are of rows that were read in the same batch, share
 *     their text with this offset, and are left out when it is read back
 * @param landmarks what the last row and some earlier ones looked like
 */
public record DatabaseSourceOffset(
        long id, int epoch, Instant at, Checkpoints checkpoints, OpenGaps gaps, Landmarks landmarks) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String FORMAT = "format";
    private static final long CURRENT_FORMAT = 2;
    private static final String ID = "id";
    private static final String EPOCH = "epoch";
    private static final String AT = "at";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String GAPS = "gaps";
    private static final String LANDMARKS = "landmarks";

    public DatabaseSourceOffset {
        if (id < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "source offset: id " + id + " and epoch " + epoch + " must not be negative");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(checkpoints, "checkpoints is null");
        requireNonNull(gaps, "gaps is null");
        requireNonNull(landmarks, "landmarks is null");
    }

    /** Before the first row after an id; smaller ids that come later are not this reader's. */
    static DatabaseSourceOffset startingAfter(long id, Instant now) {
        return startingAfter(id, 0, now);
    }

    /** The same in an epoch. */
    static DatabaseSourceOffset startingAfter(long id, int epoch, Instant now) {
        Checkpoints here = Checkpoints.NONE.plus(now, id, Duration.ZERO);
        return new DatabaseSourceOffset(id, epoch, now, here, OpenGaps.NONE, Landmarks.NONE);
    }

    /**
     * The same in a table whose ids began again.
     *
     * @param inCommon the id of the last row that it has in common with the one before; 0 if there is none
     */
    DatabaseSourceOffset nextEpoch(long inCommon, Instant now) {
        return startingAfter(inCommon, epoch + 1, now);
    }

    /** The same place as it is to be written with the rows read now. */
    DatabaseSourceOffset readingAt(Instant now, Duration lookback) {
        Checkpoints known = checkpoints.plus(now, gaps.lowWaterMark(id), lookback);
        return new DatabaseSourceOffset(id, epoch, now, known, gaps, landmarks.thinned());
    }

    /** Beyond rows by rising id, larger than all so far. */
    DatabaseSourceOffset after(List<TableRow> rows, RowKind kind) {
        long last = rows.get(rows.size() - 1).id();
        return new DatabaseSourceOffset(last, epoch, at, checkpoints, gaps, landmarks.and(rows, kind));
    }

    /** After a row that was missing has come. */
    DatabaseSourceOffset filledAt(long rowId) {
        return with(gaps.filledAt(rowId));
    }

    /** With gaps that the next rows leave open. */
    DatabaseSourceOffset opening(Collection<IdGap> opened) {
        return with(gaps.plus(opened));
    }

    /** Without gaps that no longer wait. */
    DatabaseSourceOffset closing(Collection<IdGap> closed) {
        return with(gaps.minus(closed));
    }

    /** Without the gaps between the rows beyond its own, of a batch that did not come to its end. */
    DatabaseSourceOffset reached() {
        return with(gaps.upTo(id));
    }

    /** Knowing the row at its id, which it may not have known. */
    DatabaseSourceOffset knowing(TableRow row, RowKind kind) {
        return landmarks.endAt(row, kind)
                ? this
                : new DatabaseSourceOffset(
                        id, epoch, at, checkpoints, gaps, landmarks.upTo(id - 1).and(List.of(row), kind));
    }

    /** As it was at least the lookback before it was made, or as long ago as is known. */
    DatabaseSourceOffset rewound(Duration lookback) {
        Instant then = at.minus(lookback);
        long earlier = checkpoints.idAt(then).orElse(id);
        return new DatabaseSourceOffset(
                earlier, epoch, at, checkpoints.until(then), gaps.upTo(earlier), landmarks.upTo(earlier));
    }

    /** Only numbers and text, which is what Connect stores. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(FORMAT, CURRENT_FORMAT);
        map.put(ID, id);
        map.put(EPOCH, (long) epoch);
        map.put(AT, at.toEpochMilli());
        map.put(CHECKPOINTS, checkpoints.text());
        map.put(GAPS, gaps.text());
        map.put(LANDMARKS, landmarks.text());
        return map;
    }

    /** @throws IllegalArgumentException if it is no offset of this connector's; names the fault */
    public static DatabaseSourceOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        long id = fields.number(ID);
        return new DatabaseSourceOffset(
                id,
                Math.toIntExact(fields.number(EPOCH)),
                Instant.ofEpochMilli(fields.number(AT)),
                new Checkpoints(fields.text(CHECKPOINTS)),
                OpenGaps.parse(fields.textOr(GAPS, "")).upTo(id),
                Landmarks.parse(fields.textOr(LANDMARKS, "")));
    }

    private DatabaseSourceOffset with(OpenGaps open) {
        return new DatabaseSourceOffset(id, epoch, at, checkpoints, open, landmarks);
    }
}
