package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Holds the raw records that wait and sends them, a host name's together. A batch is open until it is full or due; then it queues in
 * {@code ready}, is in flight, or rests after a failed attempt. A batch that is refused, or keeps failing while others pass, is
 * halved, until the bad record stands alone. Safe for any thread; never blocks but in {@link #dropDisowned}.
 */
final class RawDispatcher extends DispatcherState implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    /** From so many failures on, while others pass, the fault may lie with one of the records. */
    private static final int SUSPECT = 3;

    private final RawApi api;
    private final RawBatchConfig batching;
    private final SendRules rules;
    private final SendGate gate;
    private final Consumer<Letter> deadLetters;
    private final SinkMetrics metrics;
    private final Alarm alarm;
    private final Clock clock;
    private final FaultLog faultLog;
    private final CdrTotals cdrs = new CdrTotals();

    private final Map<String, OpenBatch> open = new LinkedHashMap<>();
    private final Deque<RawBatch> ready = new ArrayDeque<>();
    private final Map<RawBatch, Call> inFlight = new HashMap<>();
    private final Set<RawBatch> resting = new HashSet<>();
    private Instant lastAccepted = Instant.MIN;
    private boolean closed;

    /**
     * @param deadLetters takes what cannot be delivered, on any thread
     * @param alarm wakes batches that wait; closed by {@link #close}
     */
    RawDispatcher(
            RawApi api,
            RawBatchConfig batching,
            SendRules rules,
            Consumer<Letter> deadLetters,
            SinkMetrics metrics,
            Alarm alarm,
            Clock clock) {
        super(rules.gate(), clock);
        this.api = api;
        this.batching = batching;
        this.rules = rules;
        this.gate = rules.gate();
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.alarm = alarm;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
        alarm.every(TICK, this::flushDue);
    }

    /** Takes a record over. */
    synchronized void submit(RawRecord record) {
        OpenBatch before = open.get(record.hostname());
        if (before != null && !before.hasRoomFor(record)) {
            close(record.hostname());
        }
        OpenBatch batch = open.computeIfAbsent(record.hostname(), first -> new OpenBatch(batching));
        batch.add(record, clock.instant());
        if (batch.isFull()) {
            close(record.hostname());
        }
    }

    CdrTotals cdrs() {
        return cdrs;
    }

    /** Sends what waits for others to join: none will, for nothing more is read. */
    synchronized void flush() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    @Override
    public synchronized Load held() {
        List<RawBatch> closed = closed().toList();
        int records = closed.stream().mapToInt(RawBatch::size).sum();
        long bytes = closed.stream().mapToLong(RawBatch::bytes).sum();
        return new Load(
                records + open.values().stream().mapToInt(OpenBatch::size).sum(),
                bytes + open.values().stream().mapToLong(OpenBatch::bytes).sum());
    }

    @Override
    Stream<SinkRecord> records() {
        return Stream.concat(
                        closed().flatMap(batch -> batch.records().stream()),
                        open.values().stream().flatMap(OpenBatch::records))
                .map(RawRecord::record);
    }

    @Override
    public synchronized int inFlight() {
        return inFlight.size();
    }

    private Stream<RawBatch> closed() {
        return Stream.of(ready, inFlight.keySet(), resting).flatMap(Collection::stream);
    }

    /**
     * Lets requests with records of partitions that were taken away come to their end, so that the next owner's attempts do not cross
     * them; after the grace they are cancelled. Records that wait are passed over when their turn comes.
     */
    void dropDisowned(Duration grace) {
        List<RawBatch> lingering = disowned();
        CompletableFuture.allOf(lingering.stream().map(RawBatch::ended).toArray(CompletableFuture<?>[]::new))
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

    private synchronized void flushDue() {
        Instant now = clock.instant();
        List<String> due = open.entrySet().stream()
                .filter(batch -> batch.getValue().isDue(now))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(this::close);
    }

    private void close(String hostname) {
        ready.add(open.remove(hostname).close());
        sendReady();
    }

    private void sendReady() {
        while (!closed && !ready.isEmpty()) {
            List<RawRecord> owned = ready.element().records().stream()
                    .filter(record -> record.ticket().isOwned())
                    .toList();
            Duration wait = owned.isEmpty() ? Duration.ZERO : gate.enter();
            if (!wait.isZero()) {
                alarm.nap(wait, this::look);
                return;
            }
            RawBatch batch = ready.remove();
            if (!owned.isEmpty()) {
                send(batch.only(owned));
            }
        }
    }

    private void send(RawBatch batch) {
        Instant sent = clock.instant();
        inFlight.put(batch, api.post(batch, delivery -> settle(batch, sent, delivery)));
    }

    private synchronized void settle(RawBatch batch, Instant sent, Delivery delivery) {
        inFlight.remove(batch);
        batch.ended().complete(null);
        if (closed) {
            return;
        }
        faultLog.note(delivery);
        gate.leave(delivery, batch.suspicion());
        metrics.answered(delivery, Duration.between(sent, clock.instant()), batch.size());
        conclude(batch, delivery);
        sendReady();
    }

    private void conclude(RawBatch batch, Delivery delivery) {
        Instant now = clock.instant();
        if (delivery instanceof Retry retry) {
            retry(batch.failed(now), retry, now);
        } else if (delivery instanceof Rejected rejected) {
            reject(batch.failed(now), rejected.failure());
        } else {
            lastAccepted = now;
            rules.badRecords().passed();
            cdrs.accepted(batch.records());
            batch.records().forEach(record -> record.ticket().handled());
        }
    }

    private void reject(RawBatch batch, Failure failure) {
        if (batch.isSingle()) {
            bury(batch, batch.records().get(0), failure);
        } else {
            halve(batch);
        }
    }

    private void halve(RawBatch batch) {
        batch.halves().forEach(ready::addFirst);
    }

    private void giveUp(RawBatch batch, RawRecord record, Failure failure) {
        metrics.gaveUp();
        bury(batch, record, failure);
    }

    private void bury(RawBatch batch, RawRecord record, Failure failure) {
        cdrs.buried(record);
        Map<String, String> attempt = Map.of(
                "attempts", Integer.toString(batch.failures()), "idempotency.key", batch.idempotencyKey(batch.body()));
        deadLetters.accept(new Letter(record.record(), failure, record.pbx(), attempt, List.of(record.ticket())));
    }

    private void retry(RawBatch batch, Retry retry, Instant now) {
        batch.records().stream()
                .filter(record -> !now.isBefore(record.deadline()))
                .forEach(record -> giveUp(batch, record, retry.failure().expired(rules.retryTimeout())));
        List<RawRecord> left = batch.records().stream()
                .filter(record -> now.isBefore(record.deadline()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        RawBatch rest = batch.only(left);
        if (isSuspect(rest, retry)) {
            halve(rest);
        } else if (rest.isSingle() && rules.badRecords().convicts(rest.suspicion(), now)) {
            giveUp(rest, left.get(0), retry.failure().alone(rest.failures()));
        } else {
            rest(rest, retry, now);
        }
    }

    private void rest(RawBatch batch, Retry retry, Instant now) {
        Duration delay = rules.backoff().after(batch.failures(), retry.retryAfter());
        gate.hold(retry, delay);
        Duration left = batch.records().stream()
                .map(record -> Duration.between(now, record.deadline()))
                .min(Duration::compareTo)
                .orElseThrow();
        resting.add(batch);
        alarm.after(delay.compareTo(left) < 0 ? delay : left, () -> wake(batch));
    }

    /** True if the API fails over this batch while it takes others. */
    private boolean isSuspect(RawBatch batch, Retry retry) {
        return retry.trouble() == Trouble.FAILING
                && !batch.isSingle()
                && batch.failures() >= SUSPECT
                && lastAccepted.isAfter(batch.failingSince());
    }

    private synchronized void wake(RawBatch batch) {
        resting.remove(batch);
        ready.addFirst(batch);
        sendReady();
    }

    private synchronized void look() {
        sendReady();
    }

    private synchronized List<RawBatch> disowned() {
        return inFlight.keySet().stream()
                .filter(batch -> batch.records().stream()
                        .anyMatch(record -> !record.ticket().isOwned()))
                .toList();
    }

    private synchronized void cancel(List<RawBatch> lingering) {
        lingering.stream().map(inFlight::get).filter(call -> call != null).forEach(Call::cancel);
    }
}
