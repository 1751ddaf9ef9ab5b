package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.RecordingStore.Found;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.ForgetOrder;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.Row;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets calls by order: all that the stores know of them, recordings that wait for them, and their documents, on which a tombstone
 * follows. Only that it was so is remembered, as long as a call in history is, so that what comes late does not tell the
 * call anew. An order that is read again does the same again. Belongs to its task's thread.
 */
final class Erasure {
    private static final Logger log = LoggerFactory.getLogger(Erasure.class);
    private static final String LATE = "forgotten: it came after an order to forget the call ";

    private final ProcessorContext<String, byte[]> context;
    private final CallStores stores;
    private final Letters letters;

    Erasure(ProcessorContext<String, byte[]> context, CallStores stores, Letters letters) {
        this.context = context;
        this.stores = stores;
        this.letters = letters;
    }

    /** Calls whose channels met tell each other's story, so they are forgotten together. */
    void obey(ForgetOrder order, long now) {
        stores.channels().withAllTied(order.call()).forEach(call -> forget(call, now));
    }

    private void forget(CallKey call, long now) {
        List<Found> found = stores.recordings().of(call);
        found.forEach(stores.recordings()::forget);
        stores.dropRows(call);
        stores.rows().forget(call);
        CallState before = stores.state(call);
        CallState known = before == null ? CallState.firstSeen(now) : before;
        // Due at once: the next look finds out for how long that is remembered
        stores.put(call, before, known.forgotten(now).dueAt(now));
        context.forward(
                new Record<>(call.toString(), null, context.currentSystemTimeMs()), AssemblerTopology.DOCUMENTS);
        log.info("The call {} was forgotten by order", call);
    }

    /** Whether a row is of a call that was forgotten; then a letter says that it came, and nothing of what it said. */
    boolean refuses(Row row, CallState call) {
        return refuses(call, row.provenance(), row.callKey().linkedid());
    }

    /** The same of a recording. */
    boolean refuses(Recording recording, CallKey call) {
        Provenance place = recording.provenance();
        // A path may have numbers in it
        Provenance withoutPath = new Provenance(place.pbx(), place.source(), null, null);
        return refuses(stores.state(call), withoutPath, call.linkedid());
    }

    private boolean refuses(CallState call, Provenance place, String linkedid) {
        boolean isForgotten = call != null && call.isForgotten();
        if (isForgotten) {
            letters.buryUnread(place, LATE + linkedid);
        }
        return isForgotten;
    }
}
