package com.sipstack.asterisk.source.database;

import java.time.Duration;

/**
 * The moments at which PBXs' turns come. A thread that is awake reads all that are due, and what they bring travels together: waking one for
 * each PBX costs as much as asking a quiet one.
 */
final class Ticks {
    private static final long LENGTH = Duration.ofMillis(100).toNanos();

    private Ticks() {}

    /**
     * How long to wait until the tick nearest to a wait's end. Waits shorter than a tick stay as they are.
     *
     * @param wait in nanoseconds
     * @param now in nanoseconds, of {@link System#nanoTime}
     * @return in nanoseconds
     */
    static long untilNearest(long wait, long now) {
        return wait < LENGTH ? wait : wait + LENGTH / 2 - Math.floorMod(now + wait + LENGTH / 2, LENGTH);
    }
}
