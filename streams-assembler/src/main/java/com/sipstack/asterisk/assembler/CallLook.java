package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.CallTimers.Due;
import com.sipstack.asterisk.assembler.ShippingRules.Amend;
import com.sipstack.asterisk.assembler.ShippingRules.DropRows;
import com.sipstack.asterisk.assembler.ShippingRules.Forget;
import com.sipstack.asterisk.assembler.ShippingRules.Reopen;
import com.sipstack.asterisk.assembler.ShippingRules.Ship;
import com.sipstack.asterisk.assembler.ShippingRules.Step;
import com.sipstack.asterisk.assembler.ShippingRules.Wait;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a call is due for. Belongs to its task's thread. */
final class CallLook {
    private static final Logger log = LoggerFactory.getLogger(CallLook.class);
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final ShippingRules rules;
    private final Interpretation interpretation;
    private final CallStores stores;
    private final NodeCounters nodes;
    private final DocumentWriter writer;
    private final RawWriter raw;
    private final RecordingJoin recordings;
    private final LateAmendment amendment;
    private final Letters letters;
    private final AssemblerMetrics metrics;

    CallLook(
            ShippingRules rules,
            Interpretation interpretation,
            CallStores stores,
            NodeCounters nodes,
            DocumentWriter writer,
            RawWriter raw,
            RecordingJoin recordings,
            LateAmendment amendment,
            Letters letters,
            AssemblerMetrics metrics) {
        this.rules = rules;
        this.interpretation = interpretation;
        this.stores = stores;
        this.nodes = nodes;
        this.writer = writer;
        this.raw = raw;
        this.recordings = recordings;
        this.amendment = amendment;
        this.letters = letters;
        this.metrics = metrics;
    }

    void at(Due timer, long now) {
        CallKey call = CallKey.parse(timer.name());
        CallState state = stores.state(call);
        if (state == null || state.due() > now) {
            stores.timers().move(timer.name(), timer.at(), state == null ? CallState.NEVER : state.due());
        } else {
            at(call, state, now);
        }
    }

    private void at(CallKey call, CallState state, long now) {
        boolean tells = state.stage() == Stage.OPEN || (state.stage() == Stage.COMPLETE && state.hasNews());
        if (!tells) {
            take(rules.next(state, CallEnd.NONE, now), call, state, now);
            return;
        }
        if (rules.isTooEarly(state, now)) {
            stores.put(call, state, state.dueAt(rules.earliest(state)));
            return;
        }
        CallRows rows = stores.story(call, state);
        Step step = rules.next(state, CallEnd.of(rows, nodes), now);
        if (step instanceof Ship ship) {
            stores.put(call, state, tell(rows, state, ship, now));
        } else {
            take(step, call, state, now);
        }
    }

    private void take(Step step, CallKey call, CallState state, long now) {
        if (step instanceof Wait wait) {
            stores.put(call, state, state.dueAt(wait.until()));
        } else if (step instanceof Reopen) {
            CallState open = state.openedAgain(now).dueAt(CallState.NEVER);
            stores.put(call, state, open.dueAt(rules.dueAfterRow(open, RowNews.END, now)));
        } else if (step instanceof DropRows drop) {
            dropRows(call, state, drop, now);
        } else if (step instanceof Amend amend) {
            stores.put(call, state, amendment.amend(call, state, amend.nextLook(), now));
        } else if (step instanceof Forget) {
            stores.forget(call, state);
        }
    }

    /** A call that goes on in silence tells the story of those that are tied to it: their rows stay as long. */
    private void dropRows(CallKey call, CallState state, DropRows drop, long now) {
        boolean isToldOn = stores.together(call, state).stream()
                .map(stores::state)
                .anyMatch(other -> other != null && other.stage() == Stage.OPEN);
        if (isToldOn) {
            stores.put(call, state, state.dueAt(now + LOOK_AGAIN.toMillis()));
        } else {
            stores.dropRows(call);
            stores.put(call, state, state.inHistory().dueAt(drop.nextLook()));
        }
    }

    private CallState tell(CallRows rows, CallState state, Ship ship, long now) {
        Optional<CallDocument> content = contentOf(rows, state, ship);
        CallState told = content.map(document -> writer.write(rows.key(), document, ship, state, now))
                .orElseGet(state::withoutNews)
                .dueAt(ship.nextLook());
        if (told.revision() > state.revision()) {
            metrics.document(ship.phase(), told.last().timestamp() - newestEvent(rows, state));
            content.ifPresent(document -> explain(rows.key(), told.revision(), document));
        }
        if (ship.phase() != ShipPhase.COMPLETE) {
            return told;
        }
        content.ifPresent(document -> {
            raw.write(rows.key(), document, stores.rows());
            recordings.release(rows.key(), document, now);
            // What stands in a pack counts as sent
            stores.rows().pack(rows.key());
        });
        return told.completed();
    }

    /** A call that nobody thought of must not hold up the others: its rows stay while the late window lasts. */
    private Optional<CallDocument> contentOf(CallRows rows, CallState state, Ship ship) {
        String pbx = rows.key().pbx();
        if (state.revision() == 0 && !interpretation.filters().apply(pbx).ships(rows)) {
            log.debug("{} is not told: the CDR filter holds back all of its CDRs", rows.key());
            return Optional.empty();
        }
        try {
            CallDocument told = interpretation.interpreters().apply(pbx).interpret(rows, ship.ending());
            return Optional.of(recordings.tell(rows.key(), state, told));
        } catch (RuntimeException e) {
            log.error("A call of PBX {} cannot be told; its rows are kept", pbx, e);
            letters.bury(rows.key(), e);
            return Optional.empty();
        }
    }

    private static void explain(CallKey call, int revision, CallDocument document) {
        if (log.isDebugEnabled()) {
            List<String> reasons = document.analysis() == null
                    ? List.of()
                    : document.analysis().reasons();
            log.debug(
                    "{}, revision {}: direction {}, since {}",
                    call,
                    revision,
                    document.outcome().direction(),
                    String.join("; ", reasons));
        }
    }

    /** When the call's last event happened, or arrived where the PBX logs none; milliseconds since 1970. */
    private static long newestEvent(CallRows rows, CallState state) {
        Long micros = rows.cels().isEmpty()
                ? null
                : rows.cels().get(rows.cels().size() - 1).occurredAt();
        return micros == null ? state.lastSeen() : micros / 1_000;
    }
}
