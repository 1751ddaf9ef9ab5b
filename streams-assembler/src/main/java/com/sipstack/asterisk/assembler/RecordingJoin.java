package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.RecordingStore.Found;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.FoundFiles;
import com.sipstack.asterisk.assembler.interpret.ReadyFields;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.document.CallDocument;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings recordings and calls together, whichever came first. A file leaves with the call's complete document, or when it has waited for
 * so long, with what is known then; each once. Belongs to the task's thread.
 */
final class RecordingJoin {
    private static final Logger log = LoggerFactory.getLogger(RecordingJoin.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** A folder that tells of many files without calls must not cost the same again and again while they wait. */
    private static final Duration LOOK_AGAIN_AT_MOST = Duration.ofMinutes(1);

    private static final int LOOK_BATCH = 200;

    private final Outbox<?> outbox;
    private final CallStores stores;
    private final Erasure erasure;
    private final Interpretation interpretation;
    private final ShippingRules rules;
    private final Duration wait;
    private final AssemblerMetrics metrics;

    RecordingJoin(
            Outbox<?> outbox,
            CallStores stores,
            Erasure erasure,
            Interpretation interpretation,
            ShippingRules rules,
            Duration wait,
            AssemblerMetrics metrics) {
        this.outbox = outbox;
        this.stores = stores;
        this.erasure = erasure;
        this.interpretation = interpretation;
        this.rules = rules;
        this.wait = wait;
        this.metrics = metrics;
    }

    /**
     * @param isReadAgain whether an earlier run may have read it already
     * @return false if it was known
     */
    boolean take(Recording recording, boolean isReadAgain, long now) {
        Found found = new Found(recording, null, false, false, now + wait.toMillis(), CallState.NEVER);
        Found known = stores.recordings().at(found.pbx(), found.place());
        if (known != null) {
            if (isReadAgain) {
                // An earlier run may have left no timer for it
                stores.recordings().put(null, known);
            }
            if (isReadAgain && known.linkedid() != null) {
                touch(known.call(), now);
            }
            return false;
        }
        if (recording.isFile()) {
            metrics.foundRecording();
        }
        join(null, found, now);
        return true;
    }

    void take(RecordingReceipt receipt, boolean isReadAgain, long now) {
        Found known = stores.recordings()
                .at(receipt.pbx(), Found.place(receipt.origin(), String.valueOf(receipt.position())));
        boolean isNews = known != null && (isReadAgain || !known.isUploaded());
        if (isNews && receipt.outcome() == RecordingReceipt.Outcome.ACCEPTED) {
            stores.recordings().put(known, known.uploaded());
            if (known.linkedid() != null) {
                touch(known.call(), now);
            }
        }
    }

    private void join(Found before, Found found, long now) {
        CallKey call = callOf(found.recording());
        if (call == null) {
            stores.recordings().put(before, found.dueAt(Math.min(found.until(), lookAgainAt(found, now))));
        } else if (erasure.refuses(found.recording(), call)) {
            stores.recordings().forget(found);
        } else {
            Found joined = found.of(call);
            stores.recordings().put(before, joined.dueAt(joined.mustLeave() ? found.until() : forgottenAt(now)));
            touch(call, now);
        }
    }

    /** After as long as it has waited, so that most are found soon and few looks are made for those that are not. */
    private long lookAgainAt(Found found, long now) {
        long waited = now - (found.until() - wait.toMillis());
        return now + Math.max(LOOK_AGAIN.toMillis(), Math.min(waited, LOOK_AGAIN_AT_MOST.toMillis()));
    }

    private CallKey callOf(Recording recording) {
        String pbx = recording.provenance().pbx();
        CallKey told = known(pbx, recording.linkedid());
        CallKey ofChannel = told != null || isBlank(recording.uniqueid())
                ? told
                : stores.channels().callOf(pbx, recording.uniqueid());
        CallKey ofRoot = ofChannel != null ? ofChannel : known(pbx, recording.uniqueid());
        return ofRoot != null ? ofRoot : stores.channels().callOfFile(pbx, recording.fileName());
    }

    private CallKey known(String pbx, String linkedid) {
        CallKey call = isBlank(linkedid) ? null : new CallKey(pbx, linkedid);
        return call == null || stores.state(call) == null ? null : call;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** What became of a recording is told with the next documents of its call and of those that tell its story too. */
    private void touch(CallKey call, long now) {
        for (CallKey told : stores.channels().withTied(call)) {
            CallState before = stores.state(told);
            if (before != null) {
                CallState news = before.withNews();
                stores.put(told, before, news.dueAt(rules.dueAfterRow(news, RowNews.CHATTER, now)));
            }
        }
    }

    /** A document that tells what was found of its files. */
    CallDocument tell(CallKey call, CallState state, CallDocument document) {
        FoundFiles files = new FoundFiles(document);
        for (CallKey told : stores.together(call, state)) {
            stores.recordings()
                    .of(told)
                    .forEach(found -> files.add(found.recording(), found.isUploaded(), told.equals(call)));
        }
        return files.document();
    }

    /** The call's files leave with its complete document. */
    void release(CallKey call, CallDocument document, long now) {
        stores.recordings().of(call).stream().filter(Found::mustLeave).forEach(found -> release(found, document, now));
    }

    private void release(Found found, CallDocument document, long now) {
        Recording file = found.recording();
        String hostname = interpretation.profiles().apply(found.pbx()).hostname();
        byte[] ready = new ReadyRecording(found.pbx(), hostname, ReadyFields.of(file, document), file).toJson();
        outbox.send(found.pbx(), ready);
        stores.recordings().put(found, found.sent().dueAt(forgottenAt(now)));
        metrics.readyRecording(document != null);
    }

    /** As long as its call may be told anew. */
    private long forgottenAt(long now) {
        return now + rules.lateWindow().plus(rules.historyWindow()).toMillis();
    }

    long next() {
        return stores.recordings().next();
    }

    void lookAtDue(long now) {
        List<Found> due = stores.recordings().due(now, LOOK_BATCH);
        due.forEach(found -> look(found, now));
    }

    private void look(Found found, long now) {
        boolean isWaiting = found.linkedid() == null && !found.isSent();
        if (isWaiting && (now < found.until() || callOf(found.recording()) != null)) {
            join(found, found, now);
        } else if (found.mustLeave()) {
            release(found, found.linkedid() == null ? null : documentOf(found.call()), now);
        } else {
            stores.recordings().forget(found);
        }
    }

    /** What the call tells by now; null if its rows are gone or tell nothing, or nobody thought of such rows. */
    private CallDocument documentOf(CallKey call) {
        CallState state = stores.state(call);
        if (state == null || state.stage() == Stage.HISTORY) {
            return null;
        }
        CallRows rows = stores.story(call, state);
        return rows.isEmpty() ? null : interpreted(rows);
    }

    /** Whatever becomes of its call, a recording leaves, and must not hold up the others. */
    private CallDocument interpreted(CallRows rows) {
        String pbx = rows.key().pbx();
        try {
            return interpretation.interpreters().apply(pbx).interpret(rows, Ending.NONE);
        } catch (RuntimeException e) {
            log.error("A call of PBX {} cannot be told; its recording leaves without it", pbx, e);
            return null;
        }
    }
}
