package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.FileSearch.Opened;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long to wait before a file that looks odd is believed to be what it looks like. For one thread. */
final class FilePatience {
    /** A file that is shorter than it was is perhaps being copied into its place. */
    private static final Duration WITH_SHORT = Duration.ofSeconds(60);
    /** What was last written to earlier is not being written to. */
    private static final Duration AT_REST = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration pollInterval;
    /** Since when the file's name is another's; null while it is its own. */
    private Instant leftSince;
    /** Null while it is as long as it was. */
    private Instant shortSince;

    FilePatience(Clock clock, Duration pollInterval) {
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    /** The file has its name, or is being written to. */
    void isThere() {
        leftSince = null;
    }

    void isAsLongAsItWas() {
        shortSince = null;
    }

    /** To be called while the file is shorter than it was: whether it will stay so. */
    boolean isShortForGood() {
        Instant now = clock.instant();
        if (shortSince == null) {
            shortSince = now;
        }
        boolean isOver = shortSince.plus(WITH_SHORT).isBefore(now);
        if (isOver) {
            shortSince = null;
        }
        return isOver;
    }

    /** To be called while the file's name is another's: whether it has had the time to be written to for the last time. */
    boolean isLeftForGood(Opened file) {
        Instant now = clock.instant();
        if (leftSince == null) {
            leftSince = now;
        }
        boolean isOld = !file.isActive() && file.modified().plus(AT_REST).isBefore(now);
        return isOld || !now.isBefore(leftSince.plus(pollInterval));
    }
}
