package com.sipstack.asterisk.stubapi;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The documents of one call as they come in. Guarded by the {@link CallStore} that holds it. */
final class CallHistory {
    static final int LONGEST = 1_000;

    private final CallKey key;
    private final Instant firstReceivedAt;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final Map<ArrivalOrder, Long> counts = new EnumMap<>(ArrivalOrder.class);
    private OptionalLong highestRevision = OptionalLong.empty();
    private Instant lastReceivedAt;
    private String json = "";

    CallHistory(CallKey key, Instant now) {
        this.key = key;
        this.firstReceivedAt = now;
        this.lastReceivedAt = now;
    }

    CallKey key() {
        return key;
    }

    /** The new document replaces the one before, whatever their order: the receiver goes by arrival alone. */
    ArrivalOrder add(Arrival arrival, String document, Instant now) {
        ArrivalOrder order = orderOf(arrival);
        counts.merge(order, 1L, Long::sum);
        remember(arrival);
        json = document;
        lastReceivedAt = now;
        return order;
    }

    private ArrivalOrder orderOf(Arrival arrival) {
        if (arrivals.stream().anyMatch(arrival::repeats)) {
            return ArrivalOrder.DUPLICATE;
        }
        if (arrivals.stream().anyMatch(arrival::sameRevision)) {
            return ArrivalOrder.CONFLICT;
        }
        return isBehind(arrival.revision()) ? ArrivalOrder.OUT_OF_ORDER : ArrivalOrder.IN_ORDER;
    }

    private boolean isBehind(OptionalLong revision) {
        return revision.isPresent()
                && highestRevision.isPresent()
                && revision.getAsLong() < highestRevision.getAsLong();
    }

    private void remember(Arrival arrival) {
        if (arrivals.size() == LONGEST) {
            arrivals.removeFirst();
        }
        arrivals.addLast(arrival);
        if (arrival.revision().isPresent() && !isBehind(arrival.revision())) {
            highestRevision = arrival.revision();
        }
    }

    ReceivedCall snapshot() {
        return new ReceivedCall(
                key.customerId(),
                key.origin().hostname(),
                key.origin().linkedid(),
                json,
                counts.values().stream().mapToLong(Long::longValue).sum(),
                List.copyOf(arrivals),
                highestRevision,
                counts.getOrDefault(ArrivalOrder.DUPLICATE, 0L),
                counts.getOrDefault(ArrivalOrder.OUT_OF_ORDER, 0L),
                counts.getOrDefault(ArrivalOrder.CONFLICT, 0L),
                firstReceivedAt,
                lastReceivedAt);
    }
}
