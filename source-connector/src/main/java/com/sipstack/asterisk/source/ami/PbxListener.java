package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Listens to one PBX: one session after the other, and a declared gap before each. Sessions are opened by one of our threads and
 * heard by the session's own.
 */
final class PbxListener implements EventTap.Listener {
    private final AmiPbx pbx;
    private final AmiRecords records;
    private final RecordQueue queue;
    private final Clock clock;
    private final Backoff backoff;
    private final ListenerLog log;
    private final AmiCounters counters;
    private final Runnable onEnd;

    private final Object lock = new Object();
    /** Null while there is none. Guarded by the lock. */
    private AmiConnection connection;
    /** Guarded by the lock. */
    private boolean isClosed;
    /** Whether it is not open yet: if it ends before, who opens it tries again, and nobody else does. Guarded by the lock. */
    private boolean isOpening;
    /** Whether it ended before it was open. Guarded by the lock. */
    private boolean endedEarly;
    /** Whether the gap before this session still has to be declared. Guarded by the lock. */
    private boolean owesGap;
    /** Until when nothing was missed; empty if the PBX was never heard. Guarded by the lock. */
    private Optional<Instant> soundUntil;
    /** Why the last session ended. Guarded by the lock. */
    private String lastEnd = "nobody listened";

    /**
     * @param soundUntil until when an earlier task heard the PBX; empty if none did
     * @param onEnd called by any thread when a session has ended and another one is needed
     */
    PbxListener(
            AmiPbx pbx,
            RecordQueue queue,
            Clock clock,
            Backoff backoff,
            AmiCounters counters,
            Optional<Instant> soundUntil,
            Runnable onEnd) {
        this.pbx = pbx;
        this.records = new AmiRecords(pbx, clock);
        this.queue = queue;
        this.clock = clock;
        this.backoff = backoff;
        this.log = new ListenerLog(pbx);
        this.counters = counters;
        this.soundUntil = soundUntil;
        this.onEnd = onEnd;
    }

    AmiPbx pbx() {
        return pbx;
    }

    /**
     * Opens a session.
     *
     * @return how long to wait before the next attempt; empty if this one succeeded, or none is wanted
     * @throws AmiRefusal if the PBX does not let us in
     */
    Optional<Duration> open() throws AmiRefusal {
        AmiConnection next = new AmiConnection(pbx, this, this::ended);
        synchronized (lock) {
            if (isClosed) {
                return Optional.empty();
            }
            begin(next);
        }
        try {
            next.open();
            new AmiPrivileges(pbx).check(next);
            declareGap();
            requireOpen();
        } catch (AmiRefusal e) {
            next.close();
            log.refuses(e);
            throw e;
        } catch (IOException e) {
            next.close();
            return failed(e);
        } catch (RuntimeException e) {
            next.close();
            counters.closed();
            throw e;
        }
        log.listens();
        counters.opened();
        counters.flows();
        backoff.reset();
        return Optional.empty();
    }

    private void begin(AmiConnection next) {
        connection = next;
        isOpening = true;
        endedEarly = false;
        owesGap = true;
    }

    private void requireOpen() throws IOException {
        synchronized (lock) {
            if (endedEarly) {
                throw new IOException("it hung up while it was being opened");
            }
            isOpening = false;
        }
    }

    /** Says nothing to a PBX that is just being called: it would have to hang up on it. */
    void ping() {
        AmiConnection open = openConnection();
        if (open != null) {
            try {
                open.ping();
            } catch (IOException | RuntimeException e) {
                log.pingFails(e);
                open.hangUp();
            }
        }
    }

    void close() {
        AmiConnection last;
        synchronized (lock) {
            isClosed = true;
            last = connection;
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void heard() {
        Instant now = clock.instant();
        counters.heard(now);
        synchronized (lock) {
            if (!owesGap) {
                soundUntil = Optional.of(now);
            }
        }
    }

    @Override
    public void event(AmiEvent event) throws IOException {
        Optional<SourceRecord> record = records.row(event, clock.instant());
        if (record.isPresent()) {
            declareGap();
            handOver(record.get());
            count(record.get());
            log.watch(event);
        }
    }

    @Override
    public void garbled(AmiEvent begun) throws IOException {
        declareGap();
        handOver(records.letter(begun, "the event never ended", clock.instant()));
        counters.letterWritten();
    }

    @Override
    public void broke(String reason) {
        synchronized (lock) {
            if (!owesGap) { // else it told nothing, and the gap is still that of the session before
                lastEnd = reason;
            }
        }
    }

    /** Before the first record of a session: its offset says that all before it was heard or declared. */
    private void declareGap() throws IOException {
        SourceRecord gap;
        synchronized (lock) {
            if (!owesGap) {
                return;
            }
            owesGap = false;
            gap = records.gap(soundUntil, clock.instant(), lastEnd);
        }
        try {
            handOver(gap);
        } catch (IOException e) {
            synchronized (lock) {
                owesGap = true;
            }
            throw e;
        }
        counters.missed();
    }

    private void handOver(SourceRecord record) throws IOException {
        try {
            if (!queue.offer(record, Duration.ZERO)) {
                handOverLate(record);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the task was stopped", e);
        }
    }

    private void handOverLate(SourceRecord record) throws IOException, InterruptedException {
        counters.stalled();
        if (!queue.offer(record, pbx.stallMax())) {
            throw new IOException("Kafka took nothing for " + pbx.stallMax().toMillis() + " ms");
        }
        counters.flows();
    }

    private void count(SourceRecord record) {
        if (record.topic().equals(pbx.topics().dlq())) {
            counters.letterWritten();
        } else {
            counters.took();
        }
    }

    private Optional<Duration> failed(IOException e) {
        synchronized (lock) {
            if (isClosed) {
                return Optional.empty();
            }
        }
        log.fails(e);
        counters.closed();
        return Optional.of(backoff.next());
    }

    private void ended() {
        synchronized (lock) {
            endedEarly = isOpening;
            if (isClosed || isOpening) {
                return;
            }
        }
        log.fails(new IOException(lastEnd()));
        counters.closed();
        onEnd.run();
    }

    private String lastEnd() {
        synchronized (lock) {
            return lastEnd;
        }
    }

    /** Null if there is none. */
    private AmiConnection openConnection() {
        synchronized (lock) {
            return isOpening ? null : connection;
        }
    }
}
