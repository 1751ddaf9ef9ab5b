package com.sipstack.asterisk.allinone.doctor;

import static com.sipstack.asterisk.model.CelEventType.ANSWER;
import static com.sipstack.asterisk.model.CelEventType.APP_START;
import static com.sipstack.asterisk.model.CelEventType.ATTENDEDTRANSFER;
import static com.sipstack.asterisk.model.CelEventType.BLINDTRANSFER;
import static com.sipstack.asterisk.model.CelEventType.BRIDGE_ENTER;
import static com.sipstack.asterisk.model.CelEventType.BRIDGE_EXIT;
import static com.sipstack.asterisk.model.CelEventType.CHAN_END;
import static com.sipstack.asterisk.model.CelEventType.CHAN_START;
import static com.sipstack.asterisk.model.CelEventType.FORWARD;
import static com.sipstack.asterisk.model.CelEventType.HANGUP;
import static com.sipstack.asterisk.model.CelEventType.LINKEDID_END;
import static com.sipstack.asterisk.model.CelEventType.PARK_END;
import static com.sipstack.asterisk.model.CelEventType.PARK_START;
import static com.sipstack.asterisk.model.CelEventType.PICKUP;

import com.sipstack.asterisk.model.CelEventType;
import java.util.List;
import java.util.Set;

/** What calls lose by events that are not logged; docs/interpretation.md measures it. */
final class EventCoverage {
    static final String NO_APPLICATIONS =
            "Recordings cannot be tied to calls by the path that MixMonitor was given, a caller who gives up in a queue is told"
                    + " without the queue's name, and voicemail is not seen. With apps= they are told:\n";

    private static final List<Loss> LOSSES = List.of(
            new Loss(
                    Severity.ERROR,
                    List.of(CHAN_START, CHAN_END, ANSWER, HANGUP),
                    "Who called, who answered and when it was over cannot be told."),
            new Loss(
                    Severity.WARNING,
                    List.of(BRIDGE_ENTER, BRIDGE_EXIT),
                    "Who talked to whom, and for how long, cannot be told of calls with more than two parties."),
            new Loss(
                    Severity.WARNING,
                    List.of(LINKEDID_END),
                    "A call's end is seen only when its last channel has ended, and its document is complete later."),
            new Loss(
                    Severity.NOTE,
                    List.of(BLINDTRANSFER, ATTENDEDTRANSFER, PICKUP, FORWARD, PARK_START, PARK_END),
                    "Transfers, pickups, forwards and parking are inferred from other events."));

    private EventCoverage() {}

    private record Loss(Severity severity, List<CelEventType> events, String cost) {
        boolean isSeenInAnyCall() {
            return severity != Severity.NOTE;
        }
    }

    /** From what Asterisk says it logs. */
    static void ofConfiguration(Set<CelEventType> logged, Findings out) {
        LOSSES.forEach(loss -> tell(loss, logged, "cel.conf does not log ", out));
    }

    /** From the events of many calls: one that no call had is not logged, unless it is a rare one. */
    static void ofEvents(Set<CelEventType> seen, String where, Findings out) {
        int before = out.all().size();
        LOSSES.stream().filter(Loss::isSeenInAnyCall).forEach(loss -> tell(loss, seen, where + " have no ", out));
        if (!seen.contains(APP_START)) {
            out.warning(
                    where + " have no APP_START: apps= in cel.conf names no application, or events= leaves them out",
                    NO_APPLICATIONS + AsteriskConfiguration.CEL);
        }
        if (out.all().size() == before) {
            out.ok(where + " have all kinds among them that every call needs");
        }
    }

    private static void tell(Loss loss, Set<CelEventType> logged, String beginning, Findings out) {
        List<String> missing = loss.events().stream()
                .filter(event -> !logged.contains(event))
                .map(Enum::name)
                .toList();
        if (!missing.isEmpty()) {
            out.add(
                    loss.severity(),
                    beginning + String.join(", ", missing),
                    loss.cost() + "\n" + AsteriskConfiguration.CEL);
        }
    }
}
