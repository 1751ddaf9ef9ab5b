package com.sipstack.asterisk.source.ami;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** What was counted at one PBX since its task started. For any thread. */
final class AmiCounters {
    private final Clock clock;
    private final LongAdder events = new LongAdder();
    private final LongAdder letters = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder sessions = new LongAdder();
    private final LongAdder stalls = new LongAdder();
    /** Null before the first. */
    private volatile Instant lastHeard;

    private volatile boolean isOpen;
    private volatile boolean isStalled;

    AmiCounters(Clock clock) {
        this.clock = clock;
    }

    /** An event was handed over. */
    void took() {
        events.increment();
    }

    /** An event that tells of no call, or never ended, was handed over as a dead letter. */
    void letterWritten() {
        letters.increment();
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    /** A gap was declared. */
    void missed() {
        gaps.increment();
    }

    /** A session began. */
    void opened() {
        sessions.increment();
        isOpen = true;
    }

    void closed() {
        isOpen = false;
    }

    /** Kafka takes nothing, and the PBX's words are left unread. */
    void stalled() {
        stalls.increment();
        isStalled = true;
    }

    void flows() {
        isStalled = false;
    }

    /** Events handed over as rows. */
    long events() {
        return events.sum();
    }

    /** Events that could not be read as rows. */
    long letters() {
        return letters.sum();
    }

    /** Gaps declared. */
    long gaps() {
        return gaps.sum();
    }

    /** How often a session began. */
    long sessions() {
        return sessions.sum();
    }

    /** How often the PBX's words were left unread for a while because Kafka took nothing. */
    long stalls() {
        return stalls.sum();
    }

    /** How long ago the PBX last said anything, in seconds; NaN if it never did. */
    double secondsSinceHeard() {
        Instant last = lastHeard;
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    /** Whether there is a session. */
    boolean isOpen() {
        return isOpen;
    }

    /** Whether there is a session, and what it says is taken. */
    boolean isHealthy() {
        return isOpen && !isStalled;
    }
}
