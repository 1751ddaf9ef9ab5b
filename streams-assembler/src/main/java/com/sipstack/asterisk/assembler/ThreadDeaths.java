package com.sipstack.asterisk.assembler;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the threads that died lately, and says when it were no use to replace another one. Safe for any thread. */
final class ThreadDeaths {
    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Deque<Long> deaths = new ArrayDeque<>();

    /** @param limit how many threads are replaced within the window */
    ThreadDeaths(int limit, Duration window, Clock clock) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
    }

    /** Counts a death. Returns whether the thread may be replaced. */
    synchronized boolean mayReplace() {
        long now = clock.millis();
        while (!deaths.isEmpty() && deaths.peekFirst() <= now - window.toMillis()) {
            deaths.pollFirst();
        }
        deaths.addLast(now);
        return deaths.size() <= limit;
    }

    @Override
    public String toString() {
        return limit + " within " + window;
    }
}
