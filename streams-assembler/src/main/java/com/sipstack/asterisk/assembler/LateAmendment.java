package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.LateRows;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows to calls whose other rows are gone: the last document is read back, and the rows are added to it. A document that
 * cannot be read back is never replaced by a poorer one: the rows become dead letters. Belongs to its task's thread.
 */
final class LateAmendment {
    private static final Logger log = LoggerFactory.getLogger(LateAmendment.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final CallStores stores;
    private final Interpretation interpretation;
    private final DocumentArchive archive;
    private final DocumentWriter writer;
    private final RawWriter raw;
    private final RecordingJoin recordings;
    private final Letters letters;

    LateAmendment(
            CallStores stores,
            Interpretation interpretation,
            DocumentArchive archive,
            DocumentWriter writer,
            RawWriter raw,
            RecordingJoin recordings,
            Letters letters) {
        this.stores = stores;
        this.interpretation = interpretation;
        this.archive = archive;
        this.writer = writer;
        this.raw = raw;
        this.recordings = recordings;
        this.letters = letters;
    }

    /** The state after the rows that stand alone were added; they are due again if that cannot be done now. */
    CallState amend(CallKey call, CallState state, long nextLook, long now) {
        List<Row> late = stores.rows().unpacked(call);
        try {
            CallState next = amend(call, state, late, now);
            stores.rows().leaveMarks(call);
            return next.dueAt(nextLook);
        } catch (LostDocumentException e) {
            late.forEach(row -> letters.bury(row, e.getMessage()));
            stores.rows().dropUnpacked(call);
            return state.withoutNews().dueAt(nextLook);
        } catch (KafkaException e) {
            log.warn("The last document of a call of PBX {} cannot be read back now", call.pbx(), e);
            return state.dueAt(now + RETRY_AFTER.toMillis());
        }
    }

    private CallState amend(CallKey call, CallState state, List<Row> late, long now) throws LostDocumentException {
        CallDocument last = lastDocument(call, state);
        CallDocument amended = recordings.tell(call, state, withRows(call, last, late));
        raw.write(call, amended, stores.rows());
        recordings.release(call, amended, now);
        return DocumentJson.equal(last, amended)
                ? state.withoutNews()
                : writer.write(call, amended, ShipPhase.COMPLETE, state, true, now);
    }

    private CallDocument withRows(CallKey call, CallDocument last, List<Row> late) throws LostDocumentException {
        try {
            return LateRows.addTo(
                    last, CallRows.of(call, late), interpretation.profiles().apply(call.pbx()));
        } catch (RuntimeException e) {
            log.error("Rows that came late cannot be added to the last document of a call of PBX {}", call.pbx(), e);
            throw new LostDocumentException(call, "has a document that nothing can be added to: " + e);
        }
    }

    private CallDocument lastDocument(CallKey call, CallState state) throws LostDocumentException {
        if (state.revision() == 0) {
            throw new LostDocumentException(call, "was never told");
        }
        byte[] json = archive.find(call, state.last().timestamp())
                .orElseThrow(() -> new LostDocumentException(call, "has no document any more"));
        try {
            CallDocument document = DocumentJson.readWhole(json);
            if (document.phase().revision() != state.revision()) {
                throw new LostDocumentException(
                        call, "lacks its document " + state.revision() + ", only " + document.phase() + " is there");
            }
            return document;
        } catch (IOException e) {
            throw new LostDocumentException(call, "has a document that cannot be read: " + e.getMessage());
        }
    }

    /** There is nothing that a row can be added to. */
    private static final class LostDocumentException extends Exception {
        private static final long serialVersionUID = 1;

        LostDocumentException(CallKey call, String fault) {
            super("too-late: the rows of the call " + call.linkedid() + " are gone, and it " + fault);
        }
    }
}
