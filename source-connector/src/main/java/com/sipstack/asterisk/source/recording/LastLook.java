package com.sipstack.asterisk.source.recording;

import java.time.Clock;
import java.time.Instant;

/**
 * When it was last seen what recordings a PBX has, and Kafka got all of them. While a folder or a file cannot be read, or nobody looks,
 * that time stands still: what becomes older than any that is taken meanwhile is not lost for it. For the PBX's thread.
 */
final class LastLook {
    private final Ledger ledger;
    private final Announcer announcer;
    private final RecordingCounters counters;
    private final Clock clock;
    private Instant last;
    private Instant present;
    private long abandonedBefore;
    private boolean wasWhole;

    LastLook(Ledger ledger, Announcer announcer, RecordingCounters counters, Clock clock) {
        this.ledger = ledger;
        this.announcer = announcer;
        this.counters = counters;
        this.clock = clock;
        this.present = clock.instant();
        this.last = Instant.ofEpochMilli(ledger.lastLook().orElse(present.toEpochMilli()));
        ledger.looked(last.toEpochMilli());
    }

    /** A look begins: what the one before has sent has arrived by now, or this one does not count on it. */
    void begin() {
        if (wasWhole && announcer.isIdle() && counters.abandoned() == abandonedBefore) {
            last = present;
            ledger.looked(last.toEpochMilli());
        }
        present = clock.instant();
        abandonedBefore = counters.abandoned();
        wasWhole = false;
    }

    /** @param isWhole whether nothing was there that could not be read */
    void end(boolean isWhole) {
        wasWhole = isWhole;
    }

    Instant at() {
        return last;
    }
}
