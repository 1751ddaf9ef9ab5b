package com.sipstack.asterisk.source.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What was counted at one table since its task started. Written by the thread that reads the table, read by any. */
final class TableCounters {
    /** While there is nothing to tell. */
    private static final double NOT_KNOWN = Double.NaN;

    private final Clock clock;
    private final LongAdder rows = new LongAdder();
    private final LongAdder letters = new LongAdder();
    private final LongAdder rowsReadAgain = new LongAdder();
    private final LongAdder lateRows = new LongAdder();
    private final LongAdder expiredIds = new LongAdder();
    private final LongAdder expiredGaps = new LongAdder();
    private final LongAdder epochs = new LongAdder();
    private volatile int epoch;
    private volatile int openGaps;
    private volatile double lag = NOT_KNOWN;
    private volatile double zoneOffset = NOT_KNOWN;
    private volatile boolean isZoneContradicted;
    private volatile double pollTime = NOT_KNOWN;
    /** Null before the first. */
    private volatile Instant lastPoll;

    TableCounters(Clock clock) {
        this.clock = clock;
    }

    /** The table was asked for rows with success. */
    void polled(Instant begin) {
        Instant now = clock.instant();
        pollTime = Duration.between(begin, now).toMillis();
        lastPoll = now;
    }

    void rowRead() {
        rows.increment();
    }

    /** One of the rows became a dead letter. */
    void letterWritten() {
        letters.increment();
    }

    /** Without need, as the look far back into a keyless table has it. */
    void rowsReadAgain(int count) {
        rowsReadAgain.add(count);
    }

    /** One of the rows filled a gap. */
    void lateRowRead() {
        lateRows.increment();
    }

    /** @param written when the newest row read was written; empty if it does not tell */
    void newestRow(Optional<Instant> written) {
        written.ifPresent(moment -> lag = seconds(Duration.between(moment, clock.instant())));
    }

    void gapsExpired(Collection<IdGap> gaps) {
        expiredGaps.add(gaps.size());
        gaps.forEach(gap -> expiredIds.add(gap.count()));
    }

    /** The table's ids began again. */
    void epochBegan() {
        epochs.increment();
    }

    /** The one that is read. */
    void epoch(int number) {
        epoch = number;
    }

    void openGaps(int gaps) {
        openGaps = gaps;
    }

    void zone(ZoneInference zone) {
        zoneOffset = zone.offsetAt(clock.instant())
                .map(ZoneOffset::getTotalSeconds)
                .map(Integer::doubleValue)
                .orElse(NOT_KNOWN);
        isZoneContradicted = zone.isContradicted();
    }

    /** Rows read, those that became dead letters included. */
    long rows() {
        return rows.sum();
    }

    /** Rows that could not be read as what they should be. */
    long letters() {
        return letters.sum();
    }

    /** Rows of wide passes that were known already. */
    long rowsReadAgain() {
        return rowsReadAgain.sum();
    }

    /** Rows read that had been missing when a row with a larger id was read. */
    long lateRows() {
        return lateRows.sum();
    }

    /** Gaps that may still fill, as of the last turn. */
    int openGaps() {
        return openGaps;
    }

    /** Gaps that are no longer waited for. */
    long expiredGaps() {
        return expiredGaps.sum();
    }

    /** The ids in them. */
    long expiredIds() {
        return expiredIds.sum();
    }

    /** How often the ids began again. */
    long epochs() {
        return epochs.sum();
    }

    /** The epoch that is read, as in the rows' origin. */
    int epoch() {
        return epoch;
    }

    /** How old the newest row was when it was read, in seconds; NaN if none was. */
    double lagSeconds() {
        return lag;
    }

    /** How long ago the table was last asked with success, in seconds; NaN if it never was. */
    double secondsSincePoll() {
        Instant last = lastPoll;
        return last == null ? NOT_KNOWN : seconds(Duration.between(last, clock.instant()));
    }

    /** How long the last poll took, in milliseconds: asking, and handing over what came; NaN before the first. */
    double pollMillis() {
        return pollTime;
    }

    /** By how many seconds the rows' local time is ahead of UTC; NaN if that is not known. */
    double zoneOffsetSeconds() {
        return zoneOffset;
    }

    /** Whether a zone is set, and the rows tell another one. */
    boolean isZoneContradicted() {
        return isZoneContradicted;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
