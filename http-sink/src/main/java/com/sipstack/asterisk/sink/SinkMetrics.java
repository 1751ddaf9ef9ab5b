package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;

/** What a task has done since it started. Safe for any thread. */
final class SinkMetrics {
    private final LongAdder shipped = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder superseded = new LongAdder();
    private volatile Latencies latencies = (status, latency) -> {};

    /** Takes how long requests took. */
    @FunctionalInterface
    interface Latencies {
        /** @param status the first digit of the answer's status; 0 if there was no answer */
        void took(int status, Duration latency);
    }

    void measureBy(Latencies measuring) {
        latencies = measuring;
    }

    /**
     * @param latency from the sending to the answer's status, or to the failure
     * @param documents that were in the request; one of several that are refused is refused alone later
     */
    void answered(Delivery delivery, Duration latency, int documents) {
        if (delivery instanceof Accepted) {
            shipped.add(documents);
            latencies.took(2, latency);
        } else if (delivery instanceof Retry retry) {
            retried.increment();
            latencies.took(statusClass(retry.failure().status()), latency);
        } else if (delivery instanceof Rejected refusal) {
            rejected.add(documents == 1 ? 1 : 0);
            latencies.took(statusClass(refusal.failure().status()), latency);
        }
    }

    void gaveUp() {
        givenUp.increment();
    }

    void superseded(int documents) {
        superseded.add(documents);
    }

    /** Documents that the API has. */
    long shippedTotal() {
        return shipped.sum();
    }

    /** Attempts that failed for a reason outside of the document. */
    long retriedTotal() {
        return retried.sum();
    }

    /** Documents that the API refused. */
    long rejectedTotal() {
        return rejected.sum();
    }

    /** Documents whose time was up, or that failed while others passed. */
    long givenUpTotal() {
        return givenUp.sum();
    }

    /** Documents that a later revision made needless. */
    long supersededTotal() {
        return superseded.sum();
    }

    private static int statusClass(OptionalInt status) {
        return status.orElse(0) / 100;
    }
}
