package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Holds the recordings that wait and uploads them side by side. One waits until its audio is opened (one after the other, by a thread
 * of its own), is open until the API may be asked, is in flight, or rests after a failed attempt. Safe for any thread; never blocks
 * but in {@link #dropDisowned} and {@link #close}.
 */
final class RecordingDispatcher extends DispatcherState implements AutoCloseable {
    private static final Duration ROOM_CHECK = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final RecordingApi api;
    private final int maxOpen;
    private final RecordingOpener opener;
    private final ExecutorService openerThread;
    private final SendRules rules;
    private final SendGate gate;
    private final MissingRecordings missing;
    private final RecordingOutcomes outcomes;
    private final SinkMetrics metrics;
    private final Alarm alarm;
    private final Clock clock;
    private final FaultLog faultLog;

    private final Set<RecordingShipment> held = new LinkedHashSet<>();
    private final Deque<RecordingShipment> waiting = new ArrayDeque<>();
    private final Deque<RecordingShipment> open = new ArrayDeque<>();
    private final Map<RecordingShipment, Call> inFlight = new HashMap<>();
    private Instant nextSweep = Instant.MIN;
    private boolean opening;
    private boolean closed;

    /**
     * @param maxOpen how many recordings may be open and not under way yet
     * @param openerThread one thread, all that the opener is used by; shut down by {@link #close}
     * @param alarm wakes recordings that rest; closed by {@link #close}
     */
    RecordingDispatcher(
            RecordingApi api,
            int maxOpen,
            RecordingOpener opener,
            ExecutorService openerThread,
            SendRules rules,
            MissingRecordings missing,
            RecordingOutcomes outcomes,
            SinkMetrics metrics,
            Alarm alarm,
            Clock clock) {
        super(rules.gate(), clock);
        this.api = api;
        this.maxOpen = maxOpen;
        this.opener = opener;
        this.openerThread = openerThread;
        this.rules = rules;
        this.gate = rules.gate();
        this.missing = missing;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.alarm = alarm;
        this.clock = clock;
        this.faultLog = new FaultLog(clock);
    }

    /** Takes a recording over. */
    synchronized void submit(OutboundRecording recording) {
        RecordingShipment shipment = new RecordingShipment(recording);
        held.add(shipment);
        waiting.add(shipment);
        advance();
    }

    /** Gives up recordings that failed and whose time is up, also while nothing may be sent; looks around at most once a second. */
    synchronized void giveUpExpired() {
        Instant now = clock.instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plusSeconds(1);
        for (Deque<RecordingShipment> queue : List.of(waiting, open)) {
            queue.stream().filter(shipment -> shipment.isExpired(now)).toList().forEach(shipment -> {
                queue.remove(shipment);
                giveUp(shipment, shipment.lastFailure().expired(rules.retryTimeout()));
            });
        }
    }

    @Override
    public synchronized Load held() {
        return new Load(held.size(), 0);
    }

    @Override
    Stream<SinkRecord> records() {
        return held.stream().map(shipment -> shipment.recording().record());
    }

    @Override
    public synchronized int inFlight() {
        return inFlight.size();
    }

    /**
     * Forgets the recordings of partitions that were taken away. Those in flight may come to their end, so that the next owner's
     * attempts do not cross them; after the grace they are cancelled.
     */
    void dropDisowned(Duration grace) {
        List<RecordingShipment> lingering = forgetDisowned();
        CompletableFuture.allOf(
                        lingering.stream().map(RecordingShipment::attempt).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        cancel(lingering);
    }

    @Override
    public void close() {
        end();
        openerThread.execute(opener::close);
        openerThread.shutdown();
        try {
            if (!openerThread.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                openerThread.shutdownNow();
            }
        } catch (InterruptedException e) {
            openerThread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        closed = true;
        alarm.close();
        api.close();
        opener.wakeUp();
        held.forEach(RecordingShipment::release);
    }

    private void advance() {
        openNext();
        sendOpen();
    }

    private void openNext() {
        while (!closed && !opening && open.size() < maxOpen && !waiting.isEmpty()) {
            RecordingShipment next = waiting.remove();
            if (!next.isOwned()) {
                drop(next);
            } else {
                opening = true;
                boolean isAsked = next.isAsked();
                openerThread.execute(() -> opened(next, opener.open(next.recording(), isAsked)));
            }
        }
    }

    private synchronized void opened(RecordingShipment shipment, Opening result) {
        if (closed) {
            shipment.opened(result instanceof Opening.Opened late ? late.audio() : null);
            shipment.release();
        } else if (result instanceof Opening.NoRoom) {
            waiting.addFirst(shipment);
            // The next look is the alarm's: until then there is as little room for those behind it
            alarm.after(ROOM_CHECK, this::lookForRoom);
        } else {
            opening = false;
            judge(shipment, result);
            advance();
        }
    }

    private void judge(RecordingShipment shipment, Opening result) {
        if (result instanceof Opening.Opened opened) {
            missing.remove(shipment);
            shipment.opened(opened.audio());
            open.add(shipment);
        } else if (result instanceof Opening.Failed failed) {
            shipment.asked(failed.isAsked());
            unreadable(shipment, failed.cause());
        } else {
            outcomes.needless(shipment);
            drop(shipment);
        }
    }

    private synchronized void lookForRoom() {
        opening = false;
        advance();
    }

    private void sendOpen() {
        while (!closed && !open.isEmpty()) {
            RecordingShipment next = open.element();
            Duration wait = next.isOwned() ? gate.enter() : Duration.ZERO;
            if (!wait.isZero()) {
                alarm.nap(wait, this::look);
                return;
            }
            open.remove();
            if (next.isOwned()) {
                send(next);
            } else {
                drop(next);
            }
        }
    }

    private synchronized void look() {
        advance();
    }

    private void send(RecordingShipment shipment) {
        shipment.beginAttempt(clock.instant());
        OutboundRecording recording = shipment.recording();
        AudioBody body = new AudioBody(
                shipment.audio(), recording.file().fileName(), recording.file().filePath());
        inFlight.put(shipment, api.post(recording, body, delivery -> settle(shipment, body, delivery)));
    }

    private synchronized void settle(RecordingShipment shipment, AudioBody body, Delivery delivery) {
        inFlight.remove(shipment);
        shipment.endAttempt();
        if (closed) {
            return;
        }
        if (body.fault().isPresent() && !(delivery instanceof Accepted)) {
            gate.abandon();
            unreadable(shipment, body.fault().get());
        } else {
            faultLog.note(delivery);
            gate.leave(delivery, shipment.suspicion());
            metrics.answered(delivery, Duration.between(shipment.attemptedAt(), clock.instant()), 1);
            conclude(shipment, body, delivery);
        }
        advance();
    }

    private void conclude(RecordingShipment shipment, AudioBody body, Delivery delivery) {
        if (delivery instanceof Retry retry) {
            retry(shipment, retry);
        } else if (delivery instanceof Rejected rejected) {
            outcomes.rejected(shipment, rejected.failure());
            drop(shipment);
        } else if (delivery instanceof Accepted accepted) {
            rules.badRecords().passed();
            outcomes.accepted(shipment, accepted.status(), body.sentSha256());
            drop(shipment);
        }
    }

    private void retry(RecordingShipment shipment, Retry retry) {
        Instant now = clock.instant();
        shipment.failed(retry.failure());
        if (shipment.isExpired(now)) {
            giveUp(shipment, retry.failure().expired(rules.retryTimeout()));
        } else if (rules.badRecords().convicts(shipment.suspicion(), now)) {
            giveUp(shipment, retry.failure().alone(shipment.attempts()));
        } else {
            Duration delay = rules.backoff().after(shipment.attempts(), retry.retryAfter());
            gate.hold(retry, delay);
            rest(shipment, delay, now);
        }
    }

    /** The API is not to blame, and was perhaps not even asked. */
    private void unreadable(RecordingShipment shipment, AudioException cause) {
        Instant now = clock.instant();
        outcomes.unreadable(cause);
        shipment.failed(cause.failure());
        shipment.missed();
        missing.add(shipment, now);
        if (cause.isLasting()) {
            giveUp(shipment, cause.failure());
        } else if (shipment.isExpired(now)) {
            giveUp(shipment, cause.failure().expired(rules.retryTimeout()));
        } else if (missing.areTooMany(shipment, now)) {
            outcomes.crowdedOut(shipment);
            giveUp(shipment, cause.failure().crowding(shipment.misses()));
        } else {
            rest(shipment, rules.backoff().after(shipment.misses(), Duration.ZERO), now);
        }
    }

    private void rest(RecordingShipment shipment, Duration delay, Instant now) {
        Duration left = Duration.between(now, shipment.recording().deadline());
        alarm.after(delay.compareTo(left) < 0 ? delay : left, () -> wake(shipment));
    }

    private synchronized void wake(RecordingShipment shipment) {
        // What is still open must not wait behind one for which there is no room: it may be what takes up the room
        (shipment.audio() == null ? waiting : open).addFirst(shipment);
        advance();
    }

    private void giveUp(RecordingShipment shipment, Failure failure) {
        metrics.gaveUp();
        outcomes.rejected(shipment, failure);
        drop(shipment);
    }

    private void drop(RecordingShipment shipment) {
        shipment.release();
        missing.remove(shipment);
        held.remove(shipment);
    }

    private synchronized List<RecordingShipment> forgetDisowned() {
        Stream.of(waiting, open)
                .forEach(queue -> queue.removeIf(shipment -> {
                    boolean disowned = !shipment.isOwned();
                    if (disowned) {
                        drop(shipment);
                    }
                    return disowned;
                }));
        return inFlight.keySet().stream()
                .filter(shipment -> !shipment.isOwned())
                .toList();
    }

    private synchronized void cancel(List<RecordingShipment> lingering) {
        lingering.stream().map(inFlight::get).filter(Objects::nonNull).forEach(Call::cancel);
    }
}
