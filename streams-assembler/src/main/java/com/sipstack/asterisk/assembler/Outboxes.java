package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** All that leaves a task but dead letters, each beside the state that counts it as sent. Belongs to the task's thread. */
final class Outboxes {
    /** Bounds a look, as many records may be unsure after a crash. */
    private static final int BATCH = 1000;

    private static final Duration FORGET_INTERVAL = Duration.ofSeconds(1);

    private final CallStores stores;
    private final Duration kept;
    private final Outbox<String> documents;
    private final Outbox<Bytes> raw;
    private final Outbox<Bytes> recordings;
    private long nextForget;
    private long oldest;

    /** @param kept how long records are kept; zero if a transaction holds them and the state together */
    Outboxes(ProcessorContext<String, byte[]> context, CallStores stores, Duration kept) {
        this.stores = stores;
        this.kept = kept;
        boolean keeps = !kept.isZero();
        Function<String, Bytes> bytes = text -> Bytes.wrap(text.getBytes(UTF_8));
        this.documents = new Outbox<>(
                context,
                AssemblerTopology.DOCUMENTS,
                context.getStateStore(CallStores.CALLS),
                Function.identity(),
                keeps);
        this.raw = new Outbox<>(context, AssemblerTopology.RAW, context.getStateStore(CallStores.ROWS), bytes, keeps);
        this.recordings = new Outbox<>(
                context,
                AssemblerTopology.RECORDINGS_READY,
                context.getStateStore(CallStores.RECORDINGS),
                bytes,
                keeps);
    }

    Outbox<String> documents() {
        return documents;
    }

    Outbox<Bytes> raw() {
        return raw;
    }

    Outbox<Bytes> recordings() {
        return recordings;
    }

    /**
     * Sends again what an earlier run may have sent in vain, and forgets what has arrived long since.
     *
     * @return whether all of an earlier run's has been sent again
     */
    boolean look(long wallClock) {
        documents.takeUnsure(BATCH, this::tellAgain);
        raw.takeUnsure(BATCH, record -> raw.send(record.key(), record.value()));
        recordings.takeUnsure(BATCH, record -> recordings.send(record.key(), record.value()));
        if (!kept.isZero() && wallClock >= nextForget) {
            nextForget = wallClock + FORGET_INTERVAL.toMillis();
            documents.forgetBefore(oldest);
            raw.forgetBefore(oldest);
            recordings.forgetBefore(oldest);
            // One look late: a record that failed in the meantime has ended the thread before its trace is gone
            oldest = wallClock - kept.toMillis();
        }
        return !documents.isUnsure() && !raw.isUnsure() && !recordings.isUnsure();
    }

    /** Only a call's latest document: the state knows which that is. */
    private void tellAgain(Record<String, byte[]> document) {
        CallKey call = CallKey.parse(document.key());
        CallState state = stores.state(call);
        if (state != null && state.last().timestamp() == document.timestamp()) {
            long timestamp = documents.send(document.key(), document.value());
            stores.put(call, state, state.toldAgain(timestamp));
        }
    }
}
