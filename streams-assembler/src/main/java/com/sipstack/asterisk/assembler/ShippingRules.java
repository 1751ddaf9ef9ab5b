package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.time.Duration;

/**
 * When a call's documents are written.
 *
 * @param progressive whether there are documents before the complete one
 * @param incompleteAfter how long after its first row a call that goes on is first shown
 * @param updateInterval shortest time between two documents of a call that goes on
 * @param completeAfter how long a call's rows must have been quiet after its end
 * @param cdrOnlyAfter the same where no events tell of the end
 * @param maxSilence how long a call may be silent before it counts as over
 * @param lateWindow how long after its last row a complete call still takes rows
 * @param historyWindow how long after that its revision is remembered
 */
record ShippingRules(
        boolean progressive,
        Duration incompleteAfter,
        Duration updateInterval,
        Duration completeAfter,
        Duration cdrOnlyAfter,
        Duration maxSilence,
        Duration lateWindow,
        Duration historyWindow) {

    /** What to do with a call now. */
    sealed interface Step permits Wait, Ship, DropRows, Forget {}

    /** Look again later. */
    record Wait(long until) implements Step {}

    /** Write a document, if it has anything new. */
    record Ship(ShipPhase phase, Ending ending, long nextLook) implements Step {}

    /** Nothing more is expected: keep only the revision. */
    record DropRows(long nextLook) implements Step {}

    /** Keep nothing. */
    record Forget() implements Step {}

    /**
     * What the rows say of the call's end.
     *
     * @param isLogged whether events tell that it is over
     * @param cdrOnly whether there are no events at all
     */
    record End(boolean isLogged, boolean cdrOnly) {}

    /** When a call must be looked at because of a row that just came. A row that ends something is worth a look once all is quiet. */
    long dueAfterRow(CallState state, boolean endsSomething, long now) {
        long due = Math.min(state.due(), state.lastSeen() + maxSilence.toMillis());
        if (endsSomething || state.stage() == Stage.COMPLETE) {
            due = Math.min(due, now + completeAfter.toMillis());
        }
        return progressive && state.stage() == Stage.OPEN ? Math.min(due, nextProgress(state)) : due;
    }

    /** What a call is due for. */
    Step next(CallState state, End end, long now) {
        return switch (state.stage()) {
            case OPEN -> nextWhileOpen(state, end, now);
            case COMPLETE -> nextAfterComplete(state, now);
            case HISTORY -> now < historyEnd(state) ? new Wait(historyEnd(state)) : new Forget();
        };
    }

    private Step nextWhileOpen(CallState state, End end, long now) {
        long silentUntil = state.lastSeen() + maxSilence.toMillis();
        long over = end.isLogged()
                ? state.lastSeen() + completeAfter.toMillis()
                : end.cdrOnly() ? state.lastSeen() + cdrOnlyAfter.toMillis() : silentUntil;
        if (now >= over) {
            boolean gaveUp = !end.isLogged() && !end.cdrOnly();
            return new Ship(ShipPhase.COMPLETE, gaveUp ? Ending.MAX_DURATION : Ending.HANGUP, lateEnd(state));
        }
        if (progressive && !end.isLogged() && state.hasNews()) {
            if (now < nextProgress(state)) {
                return new Wait(Math.min(over, nextProgress(state)));
            }
            return new Ship(state.revision() == 0 ? ShipPhase.INITIAL : ShipPhase.UPDATE, Ending.NONE, over);
        }
        return new Wait(over);
    }

    private Step nextAfterComplete(CallState state, long now) {
        if (state.hasNews()) {
            long quiet = state.lastSeen() + completeAfter.toMillis();
            return now < quiet ? new Wait(quiet) : new Ship(ShipPhase.COMPLETE, Ending.HANGUP, lateEnd(state));
        }
        return now < lateEnd(state) ? new Wait(lateEnd(state)) : new DropRows(historyEnd(state));
    }

    private long nextProgress(CallState state) {
        return state.revision() == 0
                ? state.firstSeen() + incompleteAfter.toMillis()
                : state.lastShipped() + updateInterval.toMillis();
    }

    private long lateEnd(CallState state) {
        return state.lastSeen() + lateWindow.toMillis();
    }

    private long historyEnd(CallState state) {
        return lateEnd(state) + historyWindow.toMillis();
    }
}
