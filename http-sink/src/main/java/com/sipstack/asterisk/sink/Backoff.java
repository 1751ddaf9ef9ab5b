package com.sipstack.asterisk.sink;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a document waits before it is sent again: a random share of a limit that doubles with every attempt (full jitter). */
final class Backoff {
    private static final double GROWTH = 2;

    private final IntervalFunction limit;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.limit = IntervalFunction.ofExponentialBackoff(first.toMillis(), GROWTH, longest.toMillis());
        this.random = random;
    }

    /**
     * @param attempts how many there were, at least 1
     * @param retryAfter what the API asked for, which goes before ours where it is longer
     */
    Duration after(int attempts, Duration retryAfter) {
        Duration own = Duration.ofMillis(random.nextLong(limit.apply(attempts) + 1));
        return own.compareTo(retryAfter) > 0 ? own : retryAfter;
    }
}
