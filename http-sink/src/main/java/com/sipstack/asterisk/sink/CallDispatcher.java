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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Holds the documents that wait and sends them: those of one call one at a time and in order, those of different calls side by
 * side. A lane is in {@code lanes} from its first document until its last is handled; in that time it queues in {@code ready},
 * has a document in flight, or rests after a failed attempt. Safe for any thread; never blocks but in {@link #dropDisowned}.
 */
final class CallDispatcher extends DispatcherState implements AutoCloseable {
    private final CallApi api;
    private final QueueConfig config;
    private final SendRules rules;
    private final SendGate gate;
    private final Consumer<Letter> deadLetters;
    private final SinkMetrics metrics;
    private final Alarm alarm;
    private final Clock clock;
    private final FaultLog faultLog;

    private final Map<CallKey, Lane> lanes = new HashMap<>();
    private final ReadyLanes ready = new ReadyLanes();
    private final Map<Shipment, Call> inFlight = new HashMap<>();
    private Instant nextSweep = Instant.MIN;
    private boolean closed;

    /**
     * @param deadLetters takes what cannot be delivered, on any thread
     * @param alarm wakes lanes that rest; closed by {@link #close}
     */
    CallDispatcher(
            CallApi api,
            QueueConfig config,
            SendRules rules,
            Consumer<Letter> deadLetters,
            SinkMetrics metrics,
            Alarm alarm,
            Clock clock) {
        super(rules.gate(), clock);
        this.api = api;
        this.config = config;
        this.rules = rules;
        this.gate = rules.gate();
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.alarm = alarm;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
    }

    /** Takes a document over; {@link #send()} has it go out, once those that may take its place were taken over, too. */
    synchronized void submit(OutboundDocument document, OffsetTicket ticket) {
        Lane lane = lanes.computeIfAbsent(document.call(), this::readyLane);
        int before = lane.size();
        lane.add(new Shipment(document, ticket, rules.deadline(document.record(), clock)));
        metrics.superseded(before + 1 - lane.size());
        ready.refresh(lane);
    }

    /** Sends what may go out now. */
    synchronized void send() {
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

    @Override
    public synchronized Load held() {
        return new Load(
                (int) shipments().count(),
                shipments().mapToLong(Shipment::bytes).sum());
    }

    @Override
    Stream<SinkRecord> records() {
        return shipments().map(shipment -> shipment.document().record());
    }

    @Override
    public synchronized int inFlight() {
        return inFlight.size();
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
        alarm.close();
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
            alarm.nap(wait, this::send);
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
            metrics.answered(delivery, Duration.between(shipment.attemptedAt(), clock.instant()), 1);
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
            rules.badRecords().passed();
            shipment.handled();
            ready.add(lane);
        }
    }

    private void retry(Lane lane, Shipment shipment, Retry retry) {
        Instant now = clock.instant();
        if (shipment.isExpired(now)) {
            expire(shipment);
            ready.add(lane);
        } else if (rules.badRecords().convicts(shipment.suspicion(), now)) {
            giveUp(shipment, retry.failure().alone(shipment.attempts()));
            ready.add(lane);
        } else {
            rest(lane, shipment, retry, Duration.between(now, shipment.deadline()));
        }
    }

    private void rest(Lane lane, Shipment shipment, Retry retry, Duration left) {
        Duration delay = rules.backoff().after(shipment.attempts(), retry.retryAfter());
        gate.hold(retry, delay);
        int before = lane.size();
        lane.putBack(shipment);
        metrics.superseded(before + 1 - lane.size());
        alarm.after(delay.compareTo(left) < 0 ? delay : left, () -> wake(lane));
    }

    private void expire(Shipment shipment) {
        giveUp(shipment, shipment.lastFailure().expired(rules.retryTimeout()));
    }

    private void giveUp(Shipment shipment, Failure failure) {
        metrics.gaveUp();
        deadLetters.accept(Letter.rejected(shipment, failure));
    }

    private synchronized void wake(Lane lane) {
        ready.add(lane);
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
