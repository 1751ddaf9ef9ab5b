package com.sipstack.asterisk.source.recording;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a task is to go on. Threads are asked and not interrupted: an interrupt closes the file that a thread happens to read, and the
 * ledger's is one of them. Thread-safe.
 */
final class Running {
    /** For how long a thread may wait for something without asking. */
    static final Duration GLANCE = Duration.ofMillis(100);

    private final CountDownLatch stopped = new CountDownLatch(1);

    void stop() {
        stopped.countDown();
    }

    /** @throws InterruptedException if the task is being stopped */
    void require() throws InterruptedException {
        pause(0);
    }

    /** @throws InterruptedException if the task is being stopped, or is stopped meanwhile */
    void pause(long nanos) throws InterruptedException {
        if (stopped.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the task is being stopped");
        }
    }
}
