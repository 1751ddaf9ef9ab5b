package com.sipstack.asterisk.source.database;

import java.time.Duration;

/**
 * How far back keyless tables are read, and how often.
 *
 * @param longestCall the longest time from a leg's start to its end
 * @param batchDelay how long after its end a row may be written
 * @param narrow what is read at each poll
 * @param wideInterval how often all is read that may still have changed
 */
record KeylessWindow(Duration longestCall, Duration batchDelay, Duration narrow, Duration wideInterval) {
    /** Local times go back by an hour at the end of summer time. */
    private static final Duration CLOCK_CHANGE = Duration.ofHours(1);

    /** How much earlier than the newest row's a new row's time may be. */
    Duration reach(RowKind kind) {
        Duration delay = delay();
        return kind.isWrittenAtEnd() ? delay.plus(longestCall) : delay;
    }

    /** How much earlier than the newest end a new row's end may be. */
    Duration delay() {
        return batchDelay.plus(CLOCK_CHANGE);
    }
}
