package com.sipstack.asterisk.source.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps the rows of one PBX under a number a second. For one thread at a time. */
final class Pace {
    private final Clock clock;
    private final int rowsPerSecond;
    /** When the rows read so far have used up their time. */
    private Instant paidUntil = Instant.MIN;

    /** @param rowsPerSecond 0 for no limit */
    Pace(Clock clock, int rowsPerSecond) {
        this.clock = clock;
        this.rowsPerSecond = rowsPerSecond;
    }

    /** How long to wait after rows before others are read. Time in which few came is not saved up. */
    Duration after(long rows) {
        if (rowsPerSecond == 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        Instant from = paidUntil.isAfter(now) ? paidUntil : now;
        paidUntil = from.plus(Duration.ofSeconds(rows).dividedBy(rowsPerSecond));
        return Duration.between(now, paidUntil);
    }
}
