package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The recordings whose audio could not be read when it was last looked for. Each waits for it until its time is up, unless they take so
 * much room that others cannot be read any more. Guarded by the dispatcher that it belongs to.
 */
final class MissingRecordings {
    /** A mount that is away comes back: until then nothing is given up. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final int LEAST_MISSES = 10;

    private final int most;
    private final Map<RecordingShipment, Instant> since = new HashMap<>();

    /** @param room how many recordings a task may hold */
    MissingRecordings(int room) {
        this.most = room / 2;
    }

    void add(RecordingShipment shipment, Instant now) {
        since.putIfAbsent(shipment, now);
    }

    void remove(RecordingShipment shipment) {
        since.remove(shipment);
    }

    /** Whether a missing one has waited for long, and is one of too many. */
    boolean areTooMany(RecordingShipment missing, Instant now) {
        return since.size() > most
                && missing.misses() >= LEAST_MISSES
                && !now.isBefore(since.get(missing).plus(PATIENCE));
    }
}
