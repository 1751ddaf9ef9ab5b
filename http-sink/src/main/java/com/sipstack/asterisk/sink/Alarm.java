package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes what waits. Safe for any thread. */
final class Alarm implements AutoCloseable {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer;
    private final AtomicBoolean napping = new AtomicBoolean();

    /** @param timer shut down by {@link #close} */
    Alarm(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** A timer whose thread keeps no process alive. */
    static ScheduledExecutorService timer(String threadName) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    void after(Duration delay, Runnable action) {
        ScheduledFuture<?> unused = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void every(Duration pause, Runnable action) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(action, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing may go out for a while; one wake at a time is enough, for it looks again. */
    void nap(Duration wait, Runnable look) {
        if (napping.compareAndSet(false, true)) {
            after(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP, () -> {
                napping.set(false);
                look.run();
            });
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
