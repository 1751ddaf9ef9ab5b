package com.sipstack.asterisk.benchmarks.endtoend;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the API has accepted, as its process tells it: when each call's last document came, and how many there were. */
final class Receipts {
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final Set<String> complete = ConcurrentHashMap.newKeySet();
    private final AtomicLong documents = new AtomicLong();
    private volatile long latest;

    /** @param line time in milliseconds since the epoch, linkedid and phase */
    void add(String line) {
        String[] parts = line.split(" ", 3);
        long at = Long.parseLong(parts[0]);
        last.put(parts[1], at);
        if (parts[2].equals("complete")) {
            complete.add(parts[1]);
        }
        documents.incrementAndGet();
        latest = at;
    }

    long documents() {
        return documents.get();
    }

    int completeOf(Set<String> linkedids) {
        Set<String> both = new HashSet<>(linkedids);
        both.retainAll(complete);
        return both.size();
    }

    /** Milliseconds since the epoch; 0 if nothing came. */
    long latest() {
        return latest;
    }

    /** Of a call that came. */
    long lastOf(String linkedid) {
        return last.get(linkedid);
    }
}
