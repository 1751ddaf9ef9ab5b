package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.ShippingRules.Ship;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;

/** Writes documents that say something new, and numbers them. Belongs to its task's thread. */
final class DocumentWriter {
    private final Outbox<?> outbox;
    private final DocumentLimit limit;

    DocumentWriter(Outbox<?> outbox, DocumentLimit limit) {
        this.outbox = outbox;
        this.limit = limit;
    }

    /**
     * Writes a document unless an equal one was written before.
     *
     * @param content a phase that it may have is not the new one
     * @param state before it
     * @param always whether to write it even so: the first complete one is
     * @return the state after it
     */
    CallState write(CallKey call, CallDocument content, ShipPhase phase, CallState state, boolean always, long now) {
        byte[] json = DocumentJson.write(content.at(null));
        long hash = ContentHash.of(json);
        if (state.revision() > 0 && hash == state.last().contentHash() && !always) {
            return state.withoutNews();
        }
        byte[] document = limit.fit(DocumentJson.at(Phase.of(state.revision() + 1, phase), json));
        return state.shipped(now, hash, outbox.send(call.toString(), document));
    }

    CallState write(CallKey call, CallDocument content, Ship ship, CallState state, long now) {
        boolean completes = ship.phase() == ShipPhase.COMPLETE && state.stage() == CallState.Stage.OPEN;
        return write(call, content, ship.phase(), state, completes, now);
    }
}
