package com.sipstack.asterisk.sink;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The calls whose next document may go out, longest waiting first. Guarded by the dispatcher that it belongs to. */
final class ReadyLanes {
    private final Map<Lane, Long> since = new HashMap<>();
    private final Set<Lane> ended = new LinkedHashSet<>();
    private final Set<Lane> ongoing = new LinkedHashSet<>();
    private long sequence;

    void add(Lane lane) {
        since.put(lane, sequence++);
        group(lane).add(lane);
    }

    /** A document came in: it may tell that the call has ended. Of no effect for a lane that is not here. */
    void refresh(Lane lane) {
        if (since.containsKey(lane) && group(lane).add(lane)) {
            ongoing.remove(lane);
        }
    }

    boolean isEmpty() {
        return since.isEmpty();
    }

    int size() {
        return since.size();
    }

    /**
     * The next lane, which stays here; there must be one.
     *
     * @param endedFirst whether calls that have ended go before all others
     */
    Lane peek(boolean endedFirst) {
        Iterator<Lane> complete = ended.iterator();
        Iterator<Lane> others = ongoing.iterator();
        if (!complete.hasNext() || !others.hasNext()) {
            return complete.hasNext() ? complete.next() : others.next();
        }
        Lane first = complete.next();
        Lane other = others.next();
        return endedFirst || since.get(first) < since.get(other) ? first : other;
    }

    void remove(Lane lane) {
        since.remove(lane);
        ended.remove(lane);
        ongoing.remove(lane);
    }

    private Set<Lane> group(Lane lane) {
        return lane.isEnded() ? ended : ongoing;
    }
}
