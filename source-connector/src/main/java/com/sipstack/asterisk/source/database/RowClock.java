package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.WrittenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** More than clocks differ, less than they are put forward by. */
    private static final Duration SURELY_AHEAD = Duration.ofMinutes(30);

    private final ZoneInference inference;
    private final ZoneEvidence evidence;
    private final RowKind kind;
    private final Clock clock;
    /** Of the rows to come, those that tell when they were written. */
    private final Deque<TableRow> coming = new ArrayDeque<>();

    private Instant latest = Instant.MIN;

    public RowClock(ZoneInference inference, RowKind kind, Clock clock) {
        this.clock = clock;
        this.inference = inference;
        this.evidence = new ZoneEvidence(kind);
        this.kind = kind;
    }

    /** To be called with the rows that will then be asked for, all and in the order of their writing, if that is known. */
    void expect(List<TableRow> rows) {
        coming.clear();
        if (kind == RowKind.CEL) {
            rows.stream().filter(row -> evidence.offset(row).isPresent()).forEach(coming::add);
        }
    }

    /** To be asked once for each row, in the order of the rows. */
    public ZoneId zoneOf(TableRow row) {
        if (row.equals(coming.peek())) {
            coming.remove();
        }
        inference.observe(row);
        Optional<WrittenTime> written = WrittenTime.parse(row.text(kind.timeColumn()));
        if (written.isEmpty() || !(written.get() instanceof WrittenTime.Local local)) {
            return inference.zone();
        }
        ZoneId zone = choose(row, local);
        if (kind == RowKind.CEL && local.in(zone).isAfter(latest)) {
            latest = local.in(zone);
        }
        return zone;
    }

    private ZoneId choose(TableRow row, WrittenTime.Local local) {
        List<ZoneId> candidates = inference.candidates(row, local.time());
        return possible(row, local, inference.candidatesByFallback(local.time()))
                .or(() -> possible(row, local, candidates))
                .or(() -> possibleSpring(row, local, candidates.get(0)))
                .orElse(candidates.get(0));
    }

    /** The zone that makes the row the oldest that it can be. */
    private Optional<ZoneId> possible(TableRow row, WrittenTime.Local local, List<ZoneId> candidates) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Instant oldest = oldest(row);
        Instant newest = newest(DISORDER).minusSeconds(kind.seconds(row));
        ZoneId best = null;
        Instant earliest = Instant.MAX;
        for (ZoneId zone : candidates) {
            Instant moment = local.in(zone);
            if (!moment.isBefore(oldest) && !moment.isAfter(newest) && moment.isBefore(earliest)) {
                best = zone;
                earliest = moment;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A row that would be of the future is of after a clock change of which no channel has told yet. */
    private Optional<ZoneId> possibleSpring(TableRow row, WrittenTime.Local local, ZoneId known) {
        return written(row, local, known).isAfter(newest(SURELY_AHEAD))
                ? inference.afterSpring().flatMap(zone -> possible(row, local, List.of(zone)))
                : Optional.empty();
    }

    private Instant written(TableRow row, WrittenTime.Local local, ZoneId zone) {
        return local.in(zone).plusSeconds(kind.seconds(row));
    }

    /** No row is read before it is written, nor written after those that follow it. */
    private Instant newest(Duration beyondNow) {
        Instant now = clock.instant().plus(beyondNow);
        return Optional.ofNullable(coming.peek())
                .flatMap(ZoneEvidence::created)
                .map(next -> next.plus(DISORDER))
                .filter(now::isAfter)
                .orElse(now);
    }

    private Instant oldest(TableRow row) {
        Instant created =
                ZoneEvidence.created(row).map(second -> second.minus(ROUNDING)).orElse(Instant.MIN);
        Instant before = latest.equals(Instant.MIN) ? Instant.MIN : latest.minus(DISORDER);
        return created.isAfter(before) ? created : before;
    }
}
