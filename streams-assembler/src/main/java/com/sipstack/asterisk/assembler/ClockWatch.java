package com.sipstack.asterisk.assembler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the machine's clock was set back. Kafka's clients wait by that clock: all that waits just then, for ever so short a
 * time, would wait until it is as late again, hours perhaps, and a stop in order would wait with it.
 */
public final class ClockWatch {
    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Less is over as soon as a new start would be. */
    private static final Duration LEAST = Duration.ofSeconds(30);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> setBack;
    private Instant lastTime;
    private long lastNanos;

    /**
     * @param nanoTime as {@link System#nanoTime}, which nobody sets
     * @param setBack told by how much
     */
    ClockWatch(Clock clock, LongSupplier nanoTime, Consumer<Duration> setBack) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.setBack = setBack;
        this.lastNanos = nanoTime.getAsLong();
        this.lastTime = clock.instant();
    }

    /** From now on the process ends if the clock is set back: whoever watches it starts it again, and nothing is lost by it. */
    public static void start() {
        ClockWatch watch = new ClockWatch(Clock.systemUTC(), System::nanoTime, ClockWatch::endProcess);
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clock-watch");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(
                watch::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        long nanos = nanoTime.getAsLong();
        Instant now = clock.instant();
        Duration back = Duration.between(now, lastTime.plusNanos(nanos - lastNanos));
        lastNanos = nanos;
        lastTime = now;
        if (back.compareTo(LEAST) > 0) {
            setBack.accept(back);
        }
    }

    private static void endProcess(Duration back) {
        log.error(
                "The machine's clock was set back by {}, and Kafka's clients would stand still for as long: ends, to be started again",
                back.truncatedTo(ChronoUnit.SECONDS));
        Runtime.getRuntime().halt(1);
    }
}
