package com.sipstack.asterisk.source.ami;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts events that say the same in the same second, such as a digit pressed twice: two of them are two, however equal they look.
 * Remembers as long as Asterisk may still write the same second, and no longer. For one thread.
 */
final class Twins {
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Map<Object, Integer> counts = new HashMap<>();
    private final Deque<Heard> heard = new ArrayDeque<>();

    private record Heard(Object what, Instant at) {}

    /**
     * Which of its equals an event is, from 1 on.
     *
     * @param what all that it says
     */
    int next(Object what, Instant at) {
        while (!heard.isEmpty()
                && (heard.size() >= MOST || heard.getFirst().at().plus(MEMORY).isBefore(at))) {
            counts.computeIfPresent(heard.removeFirst().what(), (same, count) -> count > 1 ? count - 1 : null);
        }
        heard.addLast(new Heard(what, at));
        return counts.merge(what, 1, Integer::sum);
    }
}
