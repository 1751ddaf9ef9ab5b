package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.WrittenTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a single row tells of its PBX's zone. A uniqueid holds the second of a channel's creation in UTC; the row of its
 * CHAN_START, or of a leg that began with its channel, holds the same second in local time. Immutable.
 *
 * @param kind of the rows
 */
record ZoneEvidence(RowKind kind) {
    /** The farthest that local time is ever taken to be from UTC. */
    static final long LARGEST = Duration.ofHours(18).toSeconds();

    /** Every zone of today is a multiple of it away from UTC. */
    private static final long STEP = Duration.ofMinutes(15).toSeconds();
    /** How late an event may be written down after its channel was made. */
    private static final long CEL_TOLERANCE = Duration.ofMinutes(2).toSeconds();
    /** A leg may begin long after its channel, by chance about a quarter of an hour: only a close match counts. */
    private static final long CDR_TOLERANCE = Duration.ofSeconds(10).toSeconds();

    /** By how much local time is ahead of UTC; empty if the row tells nothing. */
    Optional<ZoneOffset> offset(TableRow row) {
        if (kind == RowKind.CEL && CelEventType.of(row.text("eventtype")) != CelEventType.CHAN_START) {
            return Optional.empty();
        }
        return WrittenTime.parse(row.text(kind.timeColumn()))
                .filter(WrittenTime.Local.class::isInstance)
                .map(WrittenTime.Local.class::cast)
                .flatMap(local -> created(row)
                        .flatMap(at -> offset(local.time().toEpochSecond(ZoneOffset.UTC) - at.getEpochSecond())));
    }

    /** When the row's channel was made; empty if its uniqueid does not say it. */
    static Optional<Instant> created(TableRow row) {
        return UniqueId.parse(row.text("uniqueid")).map(id -> Instant.ofEpochSecond(id.epochSecond()));
    }

    private Optional<ZoneOffset> offset(long secondsAhead) {
        long rounded = Math.round((double) secondsAhead / STEP) * STEP;
        long tolerance = kind == RowKind.CEL ? CEL_TOLERANCE : CDR_TOLERANCE;
        return Math.abs(rounded) <= LARGEST && Math.abs(secondsAhead - rounded) < tolerance
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded))
                : Optional.empty();
    }
}
