package com.sipstack.asterisk.source.database;

import java.time.Duration;

/**
 * How long to wait before a PBX is asked again, once everything was read: where many rows come, so that each turn brings some, at most
 * ten times as often as where few do. So what a row costs stays bounded, and a busy PBX's calls are told sooner. For one thread at a time.
 */
final class Rhythm {
    private static final int ROWS_OF_A_TURN = 20;
    private static final int MOST_TIMES_FASTER = 10;

    private final Duration longest;
    private Duration wait;

    /** @param longest where few rows come */
    Rhythm(Duration longest) {
        this.longest = longest;
        this.wait = longest;
    }

    /**
     * @param rows that the last wait brought
     * @return what to wait now
     */
    Duration after(long rows) {
        Duration shortest = longest.dividedBy(MOST_TIMES_FASTER);
        Duration even = rows == 0 ? longest : wait.multipliedBy(ROWS_OF_A_TURN).dividedBy(rows);
        Duration bounded = even.compareTo(shortest) < 0 ? shortest : even;
        wait = bounded.compareTo(longest) > 0 ? longest : bounded;
        return wait;
    }
}
