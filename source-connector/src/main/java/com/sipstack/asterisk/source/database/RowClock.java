package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.WrittenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the zone of each row's local time, also in the night in which clocks are put back and an hour comes twice: no row is older
 * than its channel, whose uniqueid has the second of its creation, and events were raised in the order of their rows. For the
 * thread that reads the table.
 */
public final class RowClock {
    /** By how much an event may be older than the one before it, with room for several writers. */
    private static final Duration DISORDER = Duration.ofMinutes(5);
    /** A channel's name may be a second old before its first event. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final ZoneInference inference;
    private final RowKind kind;
    private final Clock clock;
    private Instant latest = Instant.MIN;

    public RowClock(ZoneInference inference, RowKind kind, Clock clock) {
        this.clock = clock;
        this.inference = inference;
        this.kind = kind;
    }

    /** To be asked once for each row, in the order of the rows. */
    public ZoneId zoneOf(TableRow row) {
        inference.observe(row);
        Optional<WrittenTime> written = WrittenTime.parse(row.text(kind.timeColumn()));
        if (written.isEmpty() || !(written.get() instanceof WrittenTime.Local local)) {
            return inference.zone();
        }
        ZoneId zone = choose(row, local, inference.candidates(row, local.time()));
        if (kind == RowKind.CEL && local.in(zone).isAfter(latest)) {
            latest = local.in(zone);
        }
        return zone;
    }

    /** The zone that makes the row the oldest that it can be, else the first one. */
    private ZoneId choose(TableRow row, WrittenTime.Local local, List<ZoneId> candidates) {
        Instant oldest = oldest(row);
        Instant newest = clock.instant().plus(DISORDER);
        return candidates.stream()
                .filter(zone -> !local.in(zone).isBefore(oldest))
                .filter(zone -> !local.in(zone).isAfter(newest))
                .min(Comparator.comparing(local::in))
                .orElse(candidates.get(0));
    }

    private Instant oldest(TableRow row) {
        Instant created = UniqueId.parse(row.text("uniqueid"))
                .map(id -> Instant.ofEpochSecond(id.epochSecond()).minus(ROUNDING))
                .orElse(Instant.MIN);
        Instant before = latest.equals(Instant.MIN) ? Instant.MIN : latest.minus(DISORDER);
        return created.isAfter(before) ? created : before;
    }
}
