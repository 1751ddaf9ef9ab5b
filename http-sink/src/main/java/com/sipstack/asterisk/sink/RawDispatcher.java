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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;

/**
 * Holds the raw records that wait and sends them, a host name's together. A batch is open until it is full or due; then it queues in
 * {@code ready}, is in flight, or rests after a failed attempt. A batch that is refused, or keeps failing while others pass, is
 * halved, until the bad record stands alone. Safe for any thread; never blocks but in {@link #dropDisowned}.
 */
final class RawDispatcher implements AutoCloseable {
    private static final long TICK_MS = 100;
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
    /** From so many failures on, while others pass, the fault may lie with one of the records. */
    private static final int SUSPECT = 3;

    private final RawApi api;
    private final RawBatchConfig batching;
    private final Backoff backoff;
    private final SendGate gate;
    private final BadRecordRule badRecords;
    private final Duration retryTimeout;
    private final Consumer<Letter> deadLetters;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final FaultLog faultLog;

    private final Map<String, OpenBatch> open = new LinkedHashMap<>();
    private final Deque<RawBatch> ready = new ArrayDeque<>();
    private final Map<RawBatch, Call> inFlight = new HashMap<>();
    private final Set<RawBatch> resting = new HashSet<>();
    private Instant lastAccepted = Instant.MIN;
    private boolean napping;
    private boolean closed;

    /**
     * @param retryTimeout the age of a record from which on it is not sent again
     * @param deadLetters takes what cannot be delivered, on any thread
     * @param timer wakes batches that wait; shut down by {@link #close}
     */
    RawDispatcher(
            RawApi api,
            RawBatchConfig batching,
            Backoff backoff,
            SendGate gate,
            BadRecordRule badRecords,
            Duration retryTimeout,
            Consumer<Letter> deadLetters,
            ScheduledExecutorService timer,
            Clock clock) {
        this.api = api;
        this.batching = batching;
        this.backoff = backoff;
        this.gate = gate;
        this.badRecords = badRecords;
        this.retryTimeout = retryTimeout;
        this.deadLetters = deadLetters;
        this.timer = timer;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::flushDue, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
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

    /** Sends what waits for others to join: none will, for nothing more is read. */
    synchronized void flush() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    synchronized Load held() {
        List<RawBatch> closed = Stream.of(ready, inFlight.keySet(), resting)
                .flatMap(Collection::stream)
                .toList();
        int records = closed.stream().mapToInt(RawBatch::size).sum();
        long bytes = closed.stream().mapToLong(RawBatch::bytes).sum();
        return new Load(
                records + open.values().stream().mapToInt(OpenBatch::size).sum(),
                bytes + open.values().stream().mapToLong(OpenBatch::bytes).sum());
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
        timer.shutdownNow();
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
                nap(wait);
                return;
            }
            RawBatch batch = ready.remove();
            if (!owned.isEmpty()) {
                send(batch.only(owned));
            }
        }
    }

    /** Nothing may go out for a while; one wake at a time is enough, for it looks again. */
    private void nap(Duration wait) {
        if (!napping) {
            napping = true;
            after(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP, () -> napping = false);
        }
    }

    private void send(RawBatch batch) {
        inFlight.put(batch, api.post(batch, delivery -> settle(batch, delivery)));
    }

    private synchronized void settle(RawBatch batch, Delivery delivery) {
        inFlight.remove(batch);
        batch.ended().complete(null);
        if (closed) {
            return;
        }
        faultLog.note(delivery);
        gate.leave(delivery, batch.suspicion());
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
            badRecords.passed();
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

    private void bury(RawBatch batch, RawRecord record, Failure failure) {
        Map<String, String> attempt = Map.of(
                "attempts", Integer.toString(batch.failures()), "idempotency.key", batch.idempotencyKey(batch.body()));
        deadLetters.accept(new Letter(record.record(), failure, record.pbx(), attempt, List.of(record.ticket())));
    }

    private void retry(RawBatch batch, Retry retry, Instant now) {
        batch.records().stream()
                .filter(record -> !now.isBefore(record.deadline()))
                .forEach(record -> bury(batch, record, retry.failure().expired(retryTimeout)));
        List<RawRecord> left = batch.records().stream()
                .filter(record -> now.isBefore(record.deadline()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        RawBatch rest = batch.only(left);
        if (isSuspect(rest, retry)) {
            halve(rest);
        } else if (rest.isSingle() && badRecords.convicts(rest.suspicion(), now)) {
            bury(rest, left.get(0), retry.failure().alone(rest.failures()));
        } else {
            rest(rest, retry, now);
        }
    }

    private void rest(RawBatch batch, Retry retry, Instant now) {
        Duration delay = backoff.after(batch.failures(), retry.retryAfter());
        gate.hold(retry, delay);
        Duration left = batch.records().stream()
                .map(record -> Duration.between(now, record.deadline()))
                .min(Duration::compareTo)
                .orElseThrow();
        resting.add(batch);
        after(delay.compareTo(left) < 0 ? delay : left, () -> {
            resting.remove(batch);
            ready.addFirst(batch);
        });
    }

    /** True if the API fails over this batch while it takes others. */
    private boolean isSuspect(RawBatch batch, Retry retry) {
        return retry.trouble() == Trouble.FAILING
                && !batch.isSingle()
                && batch.failures() >= SUSPECT
                && lastAccepted.isAfter(batch.failingSince());
    }

    private void after(Duration delay, Runnable action) {
        ScheduledFuture<?> unused = timer.schedule(() -> wake(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void wake(Runnable action) {
        action.run();
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
