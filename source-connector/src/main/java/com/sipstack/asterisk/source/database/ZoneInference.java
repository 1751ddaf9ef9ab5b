package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.WrittenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the zone of a table's local times: as configured, or as the rows tell it. A uniqueid holds the second of a channel's
 * creation in UTC; the row of its CHAN_START, or of a leg that began with its channel, holds the same second in local time.
 * For the thread that reads the table.
 */
public final class ZoneInference {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneInference.class);

    /** Every zone of today is a multiple of it away from UTC. */
    private static final long STEP = Duration.ofMinutes(15).toSeconds();

    private static final long LARGEST = Duration.ofHours(18).toSeconds();
    /** How late an event may be written down after its channel was made. */
    private static final long CEL_TOLERANCE = Duration.ofMinutes(2).toSeconds();
    /** A leg may begin long after its channel, by chance about a quarter of an hour: only a close match counts. */
    private static final long CDR_TOLERANCE = Duration.ofSeconds(10).toSeconds();
    /** ... and only several of them in a row against what was known before. */
    private static final int CDR_ROWS_TO_CHANGE = 3;

    private static final int EARLIER_ROWS = 50;
    private static final int HOUR = (int) Duration.ofHours(1).toSeconds();
    /** Less than half of what clocks are changed by, more than a CDR usually waits to be written. */
    private static final Duration RECENT = Duration.ofMinutes(20);

    private final String label;
    private final RowKind kind;
    private final ZoneRule rule;
    private final Clock clock;
    private ZoneOffset told;
    /** What was told before, and the moment from which on it was not: legs end after a change that began before it. */
    private ZoneOffset earlier;

    private Instant changedAt;
    private ZoneOffset rival;
    private int rivalRows;
    private boolean hasAskedEarlier;

    /** @param label names PBX and table in the log */
    public ZoneInference(String label, RowKind kind, ZoneRule rule, Clock clock) {
        this.clock = clock;
        this.label = label;
        this.kind = kind;
        this.rule = rule;
    }

    /** Asks the table, or file, for its newest rows before a batch. */
    public interface EarlierRows<E extends Exception> {
        List<TableRow> newest(int limit) throws E;
    }

    /** The zone as of the last row observed. */
    public ZoneId zone() {
        return rule.fixed().orElseGet(() -> told == null ? rule.fallback() : told);
    }

    /** What the rows told; empty if none did, or none was asked. */
    Optional<ZoneOffset> told() {
        return Optional.ofNullable(told);
    }

    /** To be called before the rows of a batch are observed: looks for a first answer in the whole batch, then before it. */
    public <E extends Exception> void learn(List<TableRow> batch, EarlierRows<E> earlier) throws E {
        if (isKnown()) {
            return;
        }
        adoptMajority(batch);
        if (!isKnown() && !hasAskedEarlier) {
            hasAskedEarlier = true;
            adoptMajority(earlier.newest(EARLIER_ROWS));
            sayIfUnknown();
        }
    }

    /** The zones that a local time of a row may be of, where more than one comes into question; else that of all rows. */
    List<ZoneId> candidates(TableRow row, LocalDateTime local) {
        if (rule.fixed().isPresent()) {
            List<ZoneOffset> valid = rule.fixed().get().getRules().getValidOffsets(local);
            return valid.size() > 1 ? List.copyOf(valid) : List.of(rule.fixed().get());
        }
        boolean isOfBefore = earlier != null
                && UniqueId.parse(row.text("uniqueid"))
                        .filter(id -> Instant.ofEpochSecond(id.epochSecond()).isBefore(changedAt))
                        .isPresent();
        if (kind != RowKind.CEL && isOfBefore) {
            return List.of(earlier, told);
        }
        boolean mayGoBack = kind == RowKind.CEL && told != null && told.getTotalSeconds() - HOUR >= -LARGEST;
        return mayGoBack ? List.of(told, ZoneOffset.ofTotalSeconds(told.getTotalSeconds() - HOUR)) : List.of(zone());
    }

    /** Takes a row's word, in the order of the rows: a PBX's clock may change to summer time between two of them. */
    public void observe(TableRow row) {
        if (rule.fixed().isEmpty()) {
            offsetTold(row).ifPresent(offset -> weigh(offset, row));
        }
    }

    private boolean isKnown() {
        return rule.fixed().isPresent() || told != null;
    }

    private void adoptMajority(List<TableRow> rows) {
        Map<ZoneOffset, Integer> votes = new HashMap<>();
        rows.forEach(row -> offsetTold(row).ifPresent(offset -> votes.merge(offset, 1, Integer::sum)));
        votes.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(winner -> adopt(winner.getKey()));
    }

    private void weigh(ZoneOffset offset, TableRow row) {
        if (offset.equals(told)) {
            rivalRows = 0;
            return;
        }
        rivalRows = offset.equals(rival) ? rivalRows + 1 : 1;
        rival = offset;
        if (told == null || kind == RowKind.CEL || rivalRows >= CDR_ROWS_TO_CHANGE || isJustOver(row, offset)) {
            earlier = told;
            changedAt = UniqueId.parse(row.text("uniqueid"))
                    .map(id -> Instant.ofEpochSecond(id.epochSecond()))
                    .orElse(Instant.MAX);
            adopt(offset);
        }
    }

    /** Whether the leg ended a moment ago by the new offset, and not by the old one: then one row is enough. */
    private boolean isJustOver(TableRow row, ZoneOffset offset) {
        return isRecent(StartingPoint.moment(row, kind, offset)) && !isRecent(StartingPoint.moment(row, kind, told));
    }

    private boolean isRecent(Optional<Instant> moment) {
        Instant now = clock.instant();
        return moment.filter(end -> end.isAfter(now.minus(RECENT)) && end.isBefore(now.plus(RECENT)))
                .isPresent();
    }

    private void adopt(ZoneOffset offset) {
        LOG.info("{}: its rows tell that local time is UTC{}", label, offset.equals(ZoneOffset.UTC) ? "" : offset);
        told = offset;
        rivalRows = 0;
    }

    private void sayIfUnknown() {
        if (!isKnown()) {
            LOG.info("{}: no row tells the time zone yet, {} is taken until one does", label, rule.fallback());
        }
    }

    private Optional<ZoneOffset> offsetTold(TableRow row) {
        if (kind == RowKind.CEL && CelEventType.of(row.text("eventtype")) != CelEventType.CHAN_START) {
            return Optional.empty();
        }
        Optional<WrittenTime.Local> written = WrittenTime.parse(row.text(kind.timeColumn()))
                .filter(WrittenTime.Local.class::isInstance)
                .map(WrittenTime.Local.class::cast);
        return written.flatMap(local -> UniqueId.parse(row.text("uniqueid"))
                .flatMap(id -> offset(local.time().toEpochSecond(ZoneOffset.UTC) - id.epochSecond())));
    }

    private Optional<ZoneOffset> offset(long secondsAhead) {
        long rounded = Math.round((double) secondsAhead / STEP) * STEP;
        long tolerance = kind == RowKind.CEL ? CEL_TOLERANCE : CDR_TOLERANCE;
        return Math.abs(rounded) <= LARGEST && Math.abs(secondsAhead - rounded) < tolerance
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded))
                : Optional.empty();
    }
}
