package com.sipstack.asterisk.source.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the zone of a table's local times: as configured, or as the rows tell it ({@link ZoneEvidence}). For the thread that
 * reads the table.
 */
public final class ZoneInference {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneInference.class);
    /** A leg may begin an hour after its channel, by chance to the second: only several channels in a row change what was known. */
    private static final int CDR_CHANNELS_TO_CHANGE = 3;

    private static final int EARLIER_ROWS = 50;
    private static final int HOUR = (int) Duration.ofHours(1).toSeconds();
    /** Less than half of what clocks are changed by, more than a CDR usually waits to be written. */
    private static final Duration RECENT = Duration.ofMinutes(20);

    private final String label;
    private final RowKind kind;
    private final ZoneRule rule;
    private final Clock clock;
    private final ZoneEvidence evidence;
    private final Optional<ZoneDoubt> doubt;
    private ZoneOffset told;
    /** The last moment of which a row told it. */
    private Instant toldOf = Instant.MIN;
    /** What was told before, and the moment from which on it was not: legs end after a change that began before it. */
    private ZoneOffset earlier;

    private Instant changedAt;
    private ZoneOffset rival;
    /** Whose rows tell the rival one: many legs of one channel say no more than one. */
    private final Set<String> rivalUniqueids = new HashSet<>();

    private boolean hasAskedEarlier;

    /** @param label names PBX and table in the log */
    public ZoneInference(String label, RowKind kind, ZoneRule rule, Clock clock) {
        this.clock = clock;
        this.label = label;
        this.kind = kind;
        this.rule = rule;
        this.evidence = new ZoneEvidence(kind);
        this.doubt = rule.fixed().map(zone -> new ZoneDoubt(label, zone));
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

    /** By how much local time is ahead of UTC, as the zone is set or as the rows told it; empty while neither is. */
    Optional<ZoneOffset> offsetAt(Instant now) {
        return rule.fixed().map(zone -> zone.getRules().getOffset(now)).or(this::told);
    }

    /** Whether the zone is set, and the rows tell another one. */
    boolean isContradicted() {
        return doubt.filter(ZoneDoubt::isContradicted).isPresent();
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
            return zonesOf(rule.fixed().get(), local);
        }
        boolean isOfBefore = earlier != null
                && ZoneEvidence.created(row)
                        .filter(created -> created.isBefore(changedAt))
                        .isPresent();
        if (kind != RowKind.CEL && isOfBefore) {
            return List.of(earlier, told);
        }
        return kind == RowKind.CEL && told != null ? around(told, -HOUR) : List.of(zone());
    }

    /**
     * The zones of a local time by the rules of the fallback, while that has the offset that the rows tell: it knows of a clock
     * change before the first channel after it. None if it has another, or no clock changes.
     */
    List<ZoneId> candidatesByFallback(LocalDateTime local) {
        boolean isOfRows = rule.fixed().isEmpty()
                && told != null
                && !rule.fallback().getRules().isFixedOffset()
                && rule.fallback().getRules().getOffset(toldOf).equals(told);
        return isOfRows ? zonesOf(rule.fallback(), local) : List.of();
    }

    /** The zone after clocks were put forward, of which no row has told yet. */
    Optional<ZoneId> afterSpring() {
        return rule.fixed().isPresent() || told == null || told.getTotalSeconds() + HOUR > ZoneEvidence.LARGEST
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(told.getTotalSeconds() + HOUR));
    }

    /** Takes a row's word, in the order of the rows: a PBX's clock may change to summer time between two of them. */
    public void observe(TableRow row) {
        evidence.offset(row).ifPresent(offset -> observe(offset, row));
    }

    private void observe(ZoneOffset offset, TableRow row) {
        doubt.ifPresentOrElse(set -> set.observe(offset, row), () -> weigh(offset, row));
    }

    /** Whether it is set, or a row told it. */
    public boolean isKnown() {
        return rule.fixed().isPresent() || told != null;
    }

    private void adoptMajority(List<TableRow> rows) {
        Map<ZoneOffset, List<TableRow>> votes = new HashMap<>();
        rows.forEach(row -> evidence.offset(row)
                .ifPresent(offset -> votes.computeIfAbsent(offset, first -> new ArrayList<>())
                        .add(row)));
        votes.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .ifPresent(winner -> adopt(winner.getKey(), winner.getValue().get(0)));
    }

    private void weigh(ZoneOffset offset, TableRow row) {
        if (offset.equals(told)) {
            rivalUniqueids.clear();
            toldOf = ZoneEvidence.created(row).orElse(toldOf);
            return;
        }
        if (!offset.equals(rival)) {
            rivalUniqueids.clear();
        }
        rival = offset;
        rivalUniqueids.add(row.text("uniqueid"));
        if (told == null
                || kind == RowKind.CEL
                || rivalUniqueids.size() >= CDR_CHANNELS_TO_CHANGE
                || isJustOver(row, offset)) {
            earlier = told;
            changedAt = ZoneEvidence.created(row).orElse(Instant.MAX);
            adopt(offset, row);
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

    private void adopt(ZoneOffset offset, TableRow row) {
        LOG.info("{}: its rows tell that local time is UTC{}", label, offset.equals(ZoneOffset.UTC) ? "" : offset);
        told = offset;
        toldOf = ZoneEvidence.created(row).orElse(Instant.MIN);
        rivalUniqueids.clear();
    }

    private void sayIfUnknown() {
        if (!isKnown()) {
            LOG.info("{}: no row tells the time zone yet, {} is taken until one does", label, rule.fallback());
        }
    }

    private static List<ZoneId> around(ZoneOffset offset, int seconds) {
        return Math.abs(offset.getTotalSeconds() + seconds) <= ZoneEvidence.LARGEST
                ? List.of(offset, ZoneOffset.ofTotalSeconds(offset.getTotalSeconds() + seconds))
                : List.of(offset);
    }

    private static List<ZoneId> zonesOf(ZoneId zone, LocalDateTime local) {
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        return valid.size() > 1 ? List.copyOf(valid) : List.of(zone);
    }
}
