package com.sipstack.asterisk.benchmarks.endtoend;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the API has accepted, as its process tells it: when each call's last document came, and how many there were. */
final class Receipts {
    private final Map<String, Receipt> last = new ConcurrentHashMap<>();
    private final Set<String> complete = ConcurrentHashMap.newKeySet();
    private final AtomicLong documents = new AtomicLong();
    private volatile long latest;

    /**
     * A document that was accepted.
     *
     * @param at milliseconds since the epoch
     * @param linkedids of the call and of those it is told with
     */
    record Receipt(long at, List<String> linkedids) {}

    /** @param line time in milliseconds since the epoch, phase, linkedid, and those of the calls it is told with */
    void add(String line) {
        List<String> parts = List.of(line.split(" ", -1));
        Receipt receipt = new Receipt(Long.parseLong(parts.get(0)), parts.subList(2, parts.size()));
        String linkedid = receipt.linkedids().get(0);
        last.put(linkedid, receipt);
        if (parts.get(1).equals("complete")) {
            complete.add(linkedid);
        }
        documents.incrementAndGet();
        latest = receipt.at();
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
    Receipt lastOf(String linkedid) {
        return last.get(linkedid);
    }
}
