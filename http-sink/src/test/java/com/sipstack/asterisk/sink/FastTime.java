package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that runs faster than ours, for all that waits by a clock and a timer. Requests take the time that they take. */
final class FastTime extends Clock {
    private final int speed;
    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();

    FastTime(int speed) {
        this.speed = speed;
    }

    Duration passed() {
        return Duration.ofNanos(System.nanoTime() - beginNanos).multipliedBy(speed);
    }

    /** Makes what the task waits by. */
    ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                return super.schedule(command, unit.toNanos(delay) / speed, TimeUnit.NANOSECONDS);
            }
        };
    }

    @Override
    public Instant instant() {
        return begin.plus(passed());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
