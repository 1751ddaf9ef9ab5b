package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Counts faults of one kind between the times that they are logged. */
final class FaultCounter {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private Instant silentUntil = Instant.MIN;
    private long unlogged;

    /** How many are to be logged now; empty if it is too soon after the last time. */
    OptionalLong count(Instant now) {
        unlogged++;
        if (now.isBefore(silentUntil)) {
            return OptionalLong.empty();
        }
        long due = unlogged;
        unlogged = 0;
        silentUntil = now.plus(SILENCE);
        return OptionalLong.of(due);
    }
}
