package com.sipstack.asterisk.source.recording;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of a PBX that could not be sent, each tried again after a while. Each kind of trouble is said once a day. Thread-safe. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final int MOST = 10_000;
    private static final Duration UNTIL_TOLD_AGAIN = Duration.ofDays(1);

    private final String pbx;
    private final Clock clock;
    private final Duration rest;
    private final Map<String, Instant> resting = recent();
    private final Map<String, Instant> told = recent();

    /** @param rest before a file is tried again */
    Troubles(String pbx, Clock clock, Duration rest) {
        this.pbx = pbx;
        this.clock = clock;
        this.rest = rest;
    }

    /** A map that forgets what was put in first: who is forgotten is tried sooner, or told again. */
    static <V> Map<String, V> recent() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST;
            }
        };
    }

    synchronized boolean isResting(String origin) {
        Instant until = resting.get(origin);
        if (until != null && !clock.instant().isBefore(until)) {
            resting.remove(origin);
            return false;
        }
        return until != null;
    }

    /** Paths have callers' numbers in them, and so have the messages of faults: they are for whoever debugs. */
    synchronized void note(String origin, String what, Throwable fault) {
        Instant now = clock.instant();
        resting.put(origin, now.plus(rest));
        String kind = what + ": " + fault.getClass().getSimpleName();
        Instant lastTold = told.getOrDefault(kind, Instant.MIN);
        if (lastTold.isBefore(now.minus(UNTIL_TOLD_AGAIN))) {
            told.put(kind, now);
            LOG.warn("PBX {}: {}; it is tried until it works, and more of the kind are counted only", pbx, kind);
        }
        LOG.debug("PBX {}: {}: {}", pbx, origin, what, fault);
    }
}
