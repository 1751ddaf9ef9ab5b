package com.sipstack.asterisk.source.ami;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What is counted of one PBX, for metrics. For any thread. */
final class AmiCounters {
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicReference<Instant> lastHeard = new AtomicReference<>(Instant.EPOCH);
    private volatile boolean isOpen;

    void took() {
        events.incrementAndGet();
    }

    void heard(Instant now) {
        lastHeard.set(now);
    }

    void missed() {
        gaps.incrementAndGet();
    }

    void opened() {
        isOpen = true;
    }

    void closed() {
        isOpen = false;
    }

    /** Events handed over. */
    long events() {
        return events.get();
    }

    /** Gaps declared. */
    long gaps() {
        return gaps.get();
    }

    /** When the PBX last said anything; the epoch if it never did. */
    Instant lastHeard() {
        return lastHeard.get();
    }

    /** Whether there is a session. */
    boolean isOpen() {
        return isOpen;
    }
}
