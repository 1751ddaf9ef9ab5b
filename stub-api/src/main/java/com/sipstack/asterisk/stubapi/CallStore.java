package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls that were received, in order of their first arrival; the oldest go when there are too many. Thread safe. */
final class CallStore {
    private final int maxCalls;
    private final Counters counters;
    private final Map<CallKey, CallHistory> histories = new LinkedHashMap<>();
    private final Map<CallKey.Origin, CallHistory> latestByOrigin = new HashMap<>();

    CallStore(int maxCalls, Counters counters) {
        this.maxCalls = maxCalls;
        this.counters = counters;
    }

    /**
     * Upserts a call.
     *
     * @param document one that keeps the contract
     * @param json the same as text
     */
    synchronized ReceivedDocument accept(JsonNode document, String json, Optional<String> idempotencyKey) {
        Instant now = Instant.now();
        CallKey key = CallKey.of(document);
        Arrival arrival = arrival(document, idempotencyKey);
        CallHistory history = historyOf(key, now);
        ArrivalOrder order = history.add(arrival, json, now);
        count(order);
        return new ReceivedDocument(
                now,
                key.customerId(),
                key.origin().hostname(),
                key.origin().linkedid(),
                arrival.revision(),
                arrival.phase(),
                idempotencyKey,
                order,
                json);
    }

    private static Arrival arrival(JsonNode document, Optional<String> idempotencyKey) {
        JsonNode revision = document.path("revision");
        return new Arrival(
                document.get("ship_phase").textValue(),
                revision.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(revision.longValue()),
                idempotencyKey);
    }

    private CallHistory historyOf(CallKey key, Instant now) {
        CallHistory history = histories.get(key);
        if (history == null) {
            history = new CallHistory(key, now);
            histories.put(key, history);
            counters.increment(Counter.CALLS);
            forgetOldest();
        }
        latestByOrigin.put(key.origin(), history);
        return history;
    }

    private void forgetOldest() {
        if (histories.size() > maxCalls) {
            Iterator<CallHistory> oldestFirst = histories.values().iterator();
            CallHistory oldest = oldestFirst.next();
            oldestFirst.remove();
            latestByOrigin.remove(oldest.key().origin(), oldest);
        }
    }

    private void count(ArrivalOrder order) {
        counters.increment(Counter.DOCUMENTS);
        switch (order) {
            case DUPLICATE -> counters.increment(Counter.DUPLICATES);
            case OUT_OF_ORDER -> counters.increment(Counter.OUT_OF_ORDER);
            case CONFLICT -> counters.increment(Counter.CONFLICTS);
            case IN_ORDER -> {}
        }
    }

    synchronized List<ReceivedCall> all() {
        return page(0, maxCalls);
    }

    synchronized List<ReceivedCall> page(int offset, int limit) {
        return histories.values().stream()
                .skip(offset)
                .limit(limit)
                .map(CallHistory::snapshot)
                .toList();
    }

    /** Of several customers' calls of this identity, the one that was written last. */
    synchronized Optional<ReceivedCall> find(String hostname, String linkedid) {
        return Optional.ofNullable(latestByOrigin.get(new CallKey.Origin(hostname, linkedid)))
                .map(CallHistory::snapshot);
    }

    synchronized int size() {
        return histories.size();
    }

    synchronized void clear() {
        histories.clear();
        latestByOrigin.clear();
    }
}
