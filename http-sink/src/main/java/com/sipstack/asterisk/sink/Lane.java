package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.CallKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** The documents of one call that wait, in order. Guarded by the {@link CallDispatcher} that it belongs to. */
final class Lane {
    private final CallKey call;
    private final boolean supersede;
    private final Deque<Shipment> waiting = new ArrayDeque<>();

    /** @param supersede whether a later revision takes the place of those before it */
    Lane(CallKey call, boolean supersede) {
        this.call = call;
        this.supersede = supersede;
    }

    CallKey call() {
        return call;
    }

    void add(Shipment newest) {
        while (yields(waiting.peekLast(), newest)) {
            newest.cover(waiting.removeLast());
        }
        waiting.addLast(newest);
    }

    /** Takes the first document, for an attempt. */
    Shipment take() {
        return waiting.removeFirst();
    }

    /** Lets a document whose attempt failed wait again, before those that came after it. */
    void putBack(Shipment failed) {
        Shipment next = waiting.peekFirst();
        if (next != null && yields(failed, next)) {
            next.cover(failed);
        } else {
            waiting.addFirst(failed);
        }
    }

    /** The first document; stays here. */
    Shipment first() {
        return waiting.getFirst();
    }

    /** True if the call has ended, so that its next document is worth more than that of one which goes on. */
    boolean isEnded() {
        return !isEmpty() && first().document().complete();
    }

    /** Takes out the first document if it failed and its time is up. */
    Optional<Shipment> takeExpired(Instant now) {
        Shipment first = waiting.peekFirst();
        return first != null && first.isExpired(now) ? Optional.of(waiting.removeFirst()) : Optional.empty();
    }

    Stream<Shipment> shipments() {
        return waiting.stream();
    }

    /** Forgets the documents of partitions that were taken away. */
    void dropDisowned() {
        waiting.removeIf(shipment -> !shipment.isOwned());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    private boolean yields(Shipment older, Shipment newer) {
        return supersede && older != null && newer.supersedes(older);
    }
}
