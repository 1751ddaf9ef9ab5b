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
 * @param turnAfter how long after a turn of a call that goes on it is shown again, so that what happens at once makes one document
 * @param updateInterval how long after its last document a call is shown again in which there was no turn
 * @param completeAfter how long a call's rows must have been quiet after its end
 * @param legsAfter the same where only CDRs tell of the end
 * @param maxDuration how long a call may be open before it counts as over
 * @param maxSilence how long a call may be silent before it counts as over
 * @param lateWindow how long after its last row a complete call's rows are kept
 * @param historyWindow how long after that its revision is remembered
 */
record ShippingRules(
        boolean progressive,
        Duration incompleteAfter,
        Duration turnAfter,
        Duration updateInterval,
        Duration completeAfter,
        Duration legsAfter,
        Duration maxDuration,
        Duration maxSilence,
        Duration lateWindow,
        Duration historyWindow) {

    /** What to do with a call now. */
    sealed interface Step permits Wait, Ship, Reopen, DropRows, Amend, Forget {}

    /** Look again later. */
    record Wait(long until) implements Step {}

    /** Write a document, if it has anything new. */
    record Ship(ShipPhase phase, Ending ending, long nextLook) implements Step {}

    /** The complete document was too early: the call goes on. */
    record Reopen() implements Step {}

    /** Nothing more is expected: keep only the revision. */
    record DropRows(long nextLook) implements Step {}

    /** Rows came after the call's rows were dropped: they are added to its last document. */
    record Amend(long nextLook) implements Step {}

    /** Keep nothing. */
    record Forget() implements Step {}

    /**
     * Whether a call that is not known may have been told and forgotten.
     *
     * @param at when its row happened, milliseconds since 1970
     * @param latest how far its PBX's rows have told the time
     */
    boolean isForgotten(long at, long latest) {
        return at < latest - lateWindow.toMillis() - historyWindow.toMillis();
    }

    /** When a call must be looked at because of a row that just came. */
    long dueAfterRow(CallState state, RowNews news, long now) {
        if (state.stage() != Stage.OPEN) {
            return Math.min(state.due(), now + completeAfter.toMillis());
        }
        long due = Math.min(state.due(), givenUpAt(state));
        if (news == RowNews.END) {
            due = Math.min(due, now + completeAfter.toMillis());
        }
        return progressive ? Math.min(due, nextProgress(state)) : due;
    }

    /** When a call must be looked at whose node began to count anew: what it still had to say may be on its way. */
    long dueAfterRestart(CallState state, long now) {
        return Math.min(state.due(), now + completeAfter.toMillis());
    }

    /** Whether nothing can be due for an open call yet, whatever its rows say: then they need not be read. */
    boolean isTooEarly(CallState state, long now) {
        return state.stage() == Stage.OPEN && now < earliest(state);
    }

    /** Before this time nothing is due for an open call. */
    long earliest(CallState state) {
        long quiet = state.lastSeen() + Math.min(completeAfter.toMillis(), legsAfter.toMillis());
        long over = Math.min(quiet, givenUpAt(state));
        return progressive && state.hasNews() ? Math.min(over, nextProgress(state)) : over;
    }

    /** What a call is due for. */
    Step next(CallState state, CallEnd end, long now) {
        return switch (state.stage()) {
            case OPEN -> nextWhileOpen(state, end, now);
            case COMPLETE -> nextAfterComplete(state, end, now);
            case HISTORY -> nextInHistory(state, now);
        };
    }

    private Step nextWhileOpen(CallState state, CallEnd end, long now) {
        long over = overAt(state, end);
        if (now >= over) {
            return new Ship(ShipPhase.COMPLETE, endingOf(end), lateEnd(state));
        }
        boolean mayGoOn = end == CallEnd.NONE || end == CallEnd.LEGS;
        if (progressive && mayGoOn && state.hasNews()) {
            if (now < nextProgress(state)) {
                return new Wait(Math.min(over, nextProgress(state)));
            }
            return new Ship(state.revision() == 0 ? ShipPhase.INITIAL : ShipPhase.UPDATE, Ending.NONE, over);
        }
        return new Wait(over);
    }

    private long overAt(CallState state, CallEnd end) {
        return switch (end) {
            case LOGGED, RESTART -> state.lastSeen() + completeAfter.toMillis();
            case LEGS -> state.lastSeen() + legsAfter.toMillis();
            case NONE -> givenUpAt(state);
        };
    }

    private long givenUpAt(CallState state) {
        return Math.min(state.lastSeen() + maxSilence.toMillis(), state.openedAt() + maxDuration.toMillis());
    }

    private static Ending endingOf(CallEnd end) {
        return switch (end) {
            case LOGGED, LEGS -> Ending.HANGUP;
            case RESTART -> Ending.RESTART;
            case NONE -> Ending.MAX_DURATION;
        };
    }

    private Step nextAfterComplete(CallState state, CallEnd end, long now) {
        if (!state.hasNews()) {
            return now < lateEnd(state) ? new Wait(lateEnd(state)) : new DropRows(historyEnd(state));
        }
        long quiet = state.lastSeen() + completeAfter.toMillis();
        if (end == CallEnd.NONE) {
            return new Reopen();
        }
        return now < quiet ? new Wait(quiet) : new Ship(ShipPhase.COMPLETE, endingOf(end), lateEnd(state));
    }

    private Step nextInHistory(CallState state, long now) {
        if (state.hasNews()) {
            long quiet = state.lastSeen() + completeAfter.toMillis();
            return now < quiet ? new Wait(quiet) : new Amend(historyEnd(state));
        }
        return now < historyEnd(state) ? new Wait(historyEnd(state)) : new Forget();
    }

    private long nextProgress(CallState state) {
        if (state.revision() == 0) {
            return state.firstSeen() + incompleteAfter.toMillis();
        }
        return state.turnedAt() == 0
                ? state.last().at() + updateInterval.toMillis()
                : Math.max(state.turnedAt(), state.last().at()) + turnAfter.toMillis();
    }

    private long lateEnd(CallState state) {
        return state.lastSeen() + lateWindow.toMillis();
    }

    private long historyEnd(CallState state) {
        return lateEnd(state) + historyWindow.toMillis();
    }
}
