package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;

/**
 * Holds the documents that wait and sends them: those of one call one at a time and in order, those of different calls side by
 * side. A lane is in {@code lanes} from its first document until its last is handled; in that time it queues in {@code ready},
 * has a document in flight, or rests after a failed attempt. Safe for any thread; never blocks but in {@link #dropDisowned}.
 */
final class CallDispatcher implements AutoCloseable {
    private final CallApi api;
    private final QueueConfig config;
    private final Backoff backoff;
    private final Duration retryTimeout;
    private final Consumer<Letter> deadLetters;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final FaultLog faultLog;

    private final Map<CallKey, Lane> lanes = new HashMap<>();
    private final Queue<Lane> ready = new ArrayDeque<>();
    private final Map<Shipment, Call> inFlight = new HashMap<>();
    private int holds;
    private boolean closed;

    /**
     * @param retryTimeout the age of a record from which on its document is not sent again
     * @param deadLetters takes what cannot be delivered, on any thread
     * @param timer wakes lanes that rest; shut down by {@link #close}
     */
    CallDispatcher(
            CallApi api,
            QueueConfig config,
            Backoff backoff,
            Duration retryTimeout,
            Consumer<Letter> deadLetters,
            ScheduledExecutorService timer,
            Clock clock) {
        this.api = api;
        this.config = config;
        this.backoff = backoff;
        this.retryTimeout = retryTimeout;
        this.deadLetters = deadLetters;
        this.timer = timer;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
    }

    /** Takes a document over. */
    synchronized void submit(OutboundDocument document, OffsetTicket ticket) {
        lanes.computeIfAbsent(document.call(), this::readyLane).add(new Shipment(document, ticket, deadline(document)));
        sendReady();
    }

    /** How many documents are in memory. */
    synchronized int held() {
        return inFlight.size() + lanes.values().stream().mapToInt(Lane::size).sum();
    }

    /**
     * Forgets the documents of partitions that were taken away. Those in flight may come to their end, so that the next owner's
     * attempts do not cross them; after the grace they are cancelled.
     */
    void dropDisowned(Duration grace) {
        List<Shipment> lingering = forgetDisowned();
        CompletableFuture.allOf(lingering.stream().map(Shipment::attempt).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        cancel(lingering);
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        api.close();
    }

    private Lane readyLane(CallKey call) {
        Lane lane = new Lane(call, config.supersedeWaiting());
        ready.add(lane);
        return lane;
    }

    private Instant deadline(OutboundDocument document) {
        Long written = document.record().timestamp();
        return (written == null ? clock.instant() : Instant.ofEpochMilli(written)).plus(retryTimeout);
    }

    private void sendReady() {
        while (!closed && holds == 0 && inFlight.size() < config.maxInFlight() && !ready.isEmpty()) {
            Lane lane = ready.remove();
            if (lane.isEmpty()) {
                lanes.remove(lane.call());
            } else {
                send(lane, lane.take());
            }
        }
    }

    private void send(Lane lane, Shipment shipment) {
        shipment.beginAttempt();
        inFlight.put(shipment, api.post(shipment.document(), delivery -> settle(lane, shipment, delivery)));
    }

    private synchronized void settle(Lane lane, Shipment shipment, Delivery delivery) {
        inFlight.remove(shipment);
        shipment.endAttempt();
        if (closed) {
            return;
        }
        if (shipment.isOwned()) {
            conclude(lane, shipment, delivery);
        } else {
            ready.add(lane);
        }
        sendReady();
    }

    private void conclude(Lane lane, Shipment shipment, Delivery delivery) {
        faultLog.note(delivery);
        if (delivery instanceof Retry retry) {
            retry(lane, shipment, retry);
        } else if (delivery instanceof Rejected rejected) {
            reject(lane, shipment, rejected.failure());
        } else {
            shipment.handled();
            ready.add(lane);
        }
    }

    private void reject(Lane lane, Shipment shipment, Failure failure) {
        deadLetters.accept(Letter.rejected(shipment, failure));
        ready.add(lane);
    }

    private void retry(Lane lane, Shipment shipment, Retry retry) {
        Duration left = Duration.between(clock.instant(), shipment.deadline());
        if (left.isNegative() || left.isZero()) {
            reject(lane, shipment, retry.failure().expired(retryTimeout));
            return;
        }
        Duration delay = backoff.after(shipment.attempts(), retry.retryAfter());
        lane.putBack(shipment);
        after(delay.compareTo(left) < 0 ? delay : left, () -> ready.add(lane));
        if (retry.trouble() == Trouble.RATE_LIMITED) {
            hold(retry.retryAfter());
        }
    }

    /** The limit is on the API key, so all documents wait, not this one alone. */
    private void hold(Duration retryAfter) {
        holds++;
        after(retryAfter, () -> holds--);
    }

    private void after(Duration delay, Runnable action) {
        ScheduledFuture<?> unused = timer.schedule(() -> wake(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void wake(Runnable action) {
        action.run();
        sendReady();
    }

    private synchronized List<Shipment> forgetDisowned() {
        lanes.values().forEach(Lane::dropDisowned);
        return inFlight.keySet().stream()
                .filter(shipment -> !shipment.isOwned())
                .toList();
    }

    private synchronized void cancel(List<Shipment> lingering) {
        inFlight.entrySet().stream()
                .filter(attempt -> lingering.contains(attempt.getKey()))
                .map(Entry::getValue)
                .forEach(Call::cancel);
    }
}
