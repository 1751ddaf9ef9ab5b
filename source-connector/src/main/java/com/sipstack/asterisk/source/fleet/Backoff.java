package com.sipstack.asterisk.source.fleet;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after each failure in a row: twice as long at most each time, and any part of that. Not thread-safe. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DoubleSupplier jitter;
    private Duration ceiling = FIRST;

    /** @param jitter from 0 to 1, evenly */
    public Backoff(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    public Duration next() {
        Duration wait = Duration.ofMillis(Math.round(ceiling.toMillis() * jitter.getAsDouble()));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return wait;
    }

    public void reset() {
        ceiling = FIRST;
    }
}
