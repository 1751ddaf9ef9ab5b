package com.sipstack.asterisk.stubapi;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The stub's counters. Thread safe. */
final class Counters {
    private final Map<Counter, LongAdder> adders = new EnumMap<>(Counter.class);

    Counters() {
        for (Counter counter : Counter.values()) {
            adders.put(counter, new LongAdder());
        }
    }

    void increment(Counter counter) {
        add(counter, 1);
    }

    void add(Counter counter, long amount) {
        adders.get(counter).add(amount);
    }

    void reset() {
        adders.values().forEach(LongAdder::reset);
    }

    StubStats snapshot() {
        return new StubStats(
                value(Counter.REQUESTS),
                value(Counter.HTTP2_REQUESTS),
                value(Counter.ACCEPTED),
                value(Counter.REFUSED),
                value(Counter.DOCUMENTS),
                value(Counter.CALLS),
                value(Counter.DUPLICATES),
                value(Counter.OUT_OF_ORDER),
                value(Counter.CONFLICTS),
                value(Counter.RAW_RECORDS),
                value(Counter.UPLOADS),
                value(Counter.FAULTS_INJECTED));
    }

    private long value(Counter counter) {
        return adders.get(counter).sum();
    }
}
