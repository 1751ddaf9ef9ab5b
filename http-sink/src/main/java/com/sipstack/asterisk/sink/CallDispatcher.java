package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;

/**
 * Holds the documents that wait and sends them: those of one call one at a time and in order, those of different calls side by
 * side. A lane is in {@code lanes} from its first document until its last is handled; in that time it queues in {@code ready},
 * has a document in flight, or rests after a failed attempt. Safe for any thread; never blocks but in {@link #dropDisowned}.
 */
final class CallDispatcher implements AutoCloseable {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final CallApi api;
    private final QueueConfig config;
    private final Backoff backoff;
    private final SendGate gate;
    private final BadRecordRule badRecords;
    private final Duration retryTimeout;
    private final Consumer<Letter> deadLetters;
    private final SinkMetrics metrics;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final FaultLog faultLog;

    private final Map<CallKey, Lane> lanes = new HashMap<>();
    private final ReadyLanes ready = new ReadyLanes();
    private final Map<Shipment, Call> inFlight = new HashMap<>();
    private Instant nextSweep = Instant.MIN;
    private boolean napping;
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
            SendGate gate,
            BadRecordRule badRecords,
            Duration retryTimeout,
            Consumer<Letter> deadLetters,
            SinkMetrics metrics,
            ScheduledExecutorService timer,
            Clock clock) {
        this.api = api;
        this.config = config;
        this.backoff = backoff;
        this.gate = gate;
        this.badRecords = badRecords;
        this.retryTimeout = retryTimeout;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.timer = timer;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
    }

    /** Takes a document over. */
    synchronized void submit(OutboundDocument document, OffsetTicket ticket) {
        Lane lane = lanes.computeIfAbsent(document.call(), this::readyLane);
        int before = lane.size();
        lane.add(new Shipment(document, ticket, deadline(document)));
        metrics.superseded(before + 1 - lane.size());
        ready.refresh(lane);
        sendReady();
    }

    /**
     * Gives up documents that failed and whose time is up, also while nothing may be sent. To be called again and again; looks
     * around at most once a second.
     */
    synchronized void giveUpExpired() {
        Instant now = clock.instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plusSeconds(1);
        lanes.values().forEach(lane -> lane.takeExpired(now).ifPresent(this::expire));
    }

    synchronized Load held() {
        return new Load(
                (int) shipments().count(),
                shipments().mapToLong(Shipment::bytes).sum());
    }

    /** How long ago the oldest of the documents in memory was written to Kafka, in milliseconds; 0 without any. */
    synchronized long oldestMillis() {
        return shipments()
                .map(shipment -> shipment.document().record().timestamp())
                .filter(Objects::nonNull)
                .mapToLong(written -> Math.max(0, clock.millis() - written))
                .max()
                .orElse(0);
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    synchronized boolean isWaitingForKey() {
        return gate.isWaitingForKey();
    }

    synchronized boolean isLimited() {
        return gate.isLimited();
    }

    /** 0 if documents go out as usual, 1 if some try whether the API is back, 2 if none goes out. */
    synchronized int circuitState() {
        return switch (gate.state()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
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

    private Stream<Shipment> shipments() {
        return Stream.concat(inFlight.keySet().stream(), lanes.values().stream().flatMap(Lane::shipments));
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
        while (!closed && !ready.isEmpty()) {
            Lane lane = ready.peek(gate.isLimited());
            if (lane.isEmpty()) {
                ready.remove(lane);
                lanes.remove(lane.call());
            } else if (!sendFirst(lane)) {
                return;
            }
        }
    }

    private boolean sendFirst(Lane lane) {
        if (!fits(lane.first())) {
            return false; // an answer will make room
        }
        Duration wait = gate.enter();
        if (!wait.isZero()) {
            nap(wait);
            return false;
        }
        ready.remove(lane);
        send(lane, lane.take());
        return true;
    }

    private boolean fits(Shipment next) {
        long bytes = inFlight.keySet().stream().mapToLong(Shipment::bytes).sum();
        return inFlight.isEmpty() || bytes + next.bytes() <= config.maxInFlightBytes();
    }

    private void send(Lane lane, Shipment shipment) {
        shipment.beginAttempt(clock.instant());
        inFlight.put(shipment, api.post(shipment.document(), delivery -> settle(lane, shipment, delivery)));
    }

    private synchronized void settle(Lane lane, Shipment shipment, Delivery delivery) {
        inFlight.remove(shipment);
        shipment.endAttempt();
        if (closed) {
            return;
        }
        if (shipment.isOwned()) {
            gate.leave(delivery, shipment.suspicion());
            metrics.answered(delivery, Duration.between(shipment.attemptedAt(), clock.instant()));
            conclude(lane, shipment, delivery);
        } else {
            gate.abandon();
            ready.add(lane);
        }
        sendReady();
    }

    private void conclude(Lane lane, Shipment shipment, Delivery delivery) {
        faultLog.note(delivery);
        if (delivery instanceof Retry retry) {
            shipment.failed(retry.failure());
            retry(lane, shipment, retry);
        } else if (delivery instanceof Rejected rejected) {
            deadLetters.accept(Letter.rejected(shipment, rejected.failure()));
            ready.add(lane);
        } else {
            badRecords.passed();
            shipment.handled();
            ready.add(lane);
        }
    }

    private void retry(Lane lane, Shipment shipment, Retry retry) {
        Instant now = clock.instant();
        if (shipment.isExpired(now)) {
            expire(shipment);
            ready.add(lane);
        } else if (badRecords.convicts(shipment.suspicion(), now)) {
            giveUp(shipment, retry.failure().alone(shipment.attempts()));
            ready.add(lane);
        } else {
            rest(lane, shipment, retry, Duration.between(now, shipment.deadline()));
        }
    }

    private void rest(Lane lane, Shipment shipment, Retry retry, Duration left) {
        Duration delay = backoff.after(shipment.attempts(), retry.retryAfter());
        gate.hold(retry, delay);
        int before = lane.size();
        lane.putBack(shipment);
        metrics.superseded(before + 1 - lane.size());
        after(delay.compareTo(left) < 0 ? delay : left, () -> ready.add(lane));
    }

    private void expire(Shipment shipment) {
        giveUp(shipment, shipment.lastFailure().expired(retryTimeout));
    }

    private void giveUp(Shipment shipment, Failure failure) {
        metrics.gaveUp();
        deadLetters.accept(Letter.rejected(shipment, failure));
    }

    /** Nothing may go out for a while; one wake at a time is enough, for it looks again. */
    private void nap(Duration wait) {
        if (!napping) {
            napping = true;
            after(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP, () -> napping = false);
        }
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
