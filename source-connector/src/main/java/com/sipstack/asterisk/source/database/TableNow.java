package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The second that it is now on a table's scale, as far as it is known.
 *
 * @param earliest the first that it may be
 * @param latest the last that it may be: a time beyond it is of a clock that was wrong
 */
record TableNow(long earliest, long latest) {
    /** How far a PBX's clock may be from ours. */
    private static final long TOLERANCE = Duration.ofHours(1).toSeconds();

    private static final long EASTERNMOST = Duration.ofHours(14).toSeconds();
    private static final long WESTERNMOST = Duration.ofHours(12).toSeconds();

    /** @param told the PBX's offset from UTC; empty if no row has told it */
    static TableNow of(Instant now, TimeForm form, Optional<ZoneOffset> told) {
        return told.map(offset -> form.second(now, offset))
                .map(second -> new TableNow(second - TOLERANCE, second + TOLERANCE))
                .orElseGet(() -> new TableNow(
                        now.getEpochSecond() - WESTERNMOST - TOLERANCE,
                        now.getEpochSecond() + EASTERNMOST + TOLERANCE));
    }

    /** A second itself if it may be over, else one that surely is. */
    long believed(long second) {
        return second > latest ? earliest : second;
    }
}
