package com.sipstack.asterisk.allinone.migrate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * From when on rows are read.
 *
 * @param why for a person: where it comes from, and what has to hold so that no call is lost
 */
record Start(Instant from, String why) {
    /** The earlier connector writes at every call; within this it has hardly been stopped and moved. */
    private static final Duration STILL_RUNNING = Duration.ofMinutes(1);

    static Start asked(Instant from) {
        return new Start(
                from,
                "as --start-from says. It must be before the old connector stops, by as much as the longest call takes,"
                        + " so that calls that go on then are told whole");
    }

    /** For a switch-over that is about to begin. */
    static Start before(Instant now, Duration longestCall) {
        return new Start(
                less(now, longestCall),
                "the present less " + words(longestCall) + " for calls that go on. The old connector must not have been"
                        + " stopped before now; if it has, say so by --tracker-db or --start-from");
    }

    /** What the earlier connector has told of calls, it had told by its last write. */
    static Start after(TrackerDatabase tracker, Duration longestCall, Instant now) {
        // By a clock that is ahead, nothing was written in the future
        Instant last = tracker.lastWrite().isBefore(now) ? tracker.lastWrite() : now;
        boolean isRunning = Duration.between(last, now).compareTo(STILL_RUNNING) < 0;
        return new Start(
                less(last, longestCall),
                tracker.file() + " was last written at " + last.truncatedTo(ChronoUnit.SECONDS) + ", less "
                        + words(longestCall) + " for calls that went on then. "
                        + (isRunning
                                ? "That is less than a minute ago: the old connector seems still to run. Stop it once"
                                        + " these connectors run"
                                : "If this is a copy that did not keep its time (cp -p does), say by --start-from when"
                                        + " the old connector stopped"));
    }

    private static Instant less(Instant instant, Duration longestCall) {
        return instant.minus(longestCall).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String words(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
