package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Blind transfers and redirects that no event tells of. A channel that is sent elsewhere leaves its bridge standing at another
 * extension than it came with. A transfer takes both parties out of the bridge at once; AMI's Redirect takes one, whose
 * BRIDGE_EXIT still names the other in {@code peer}.
 */
final class Moves {
    private static final String PARK_RETURN = "park-dial";

    private final CallFacts call;

    private Moves(CallFacts call) {
        this.call = call;
    }

    static List<Handover> of(CallFacts call, List<Handover> told) {
        Moves moves = new Moves(call);
        if (call.rows().cels().isEmpty()) {
            return moves.inLegs();
        }
        List<Handover> handovers = new ArrayList<>();
        for (Stay stay : call.stays()) {
            if (moves.isSentElsewhere(stay) && !isTold(told, stay.exit().eventTime())) {
                handovers.add(moves.handover(stay));
            }
        }
        return handovers;
    }

    private boolean isSentElsewhere(Stay stay) {
        if (!stay.isWhole() || stay.isHolding() || !stay.channel().isPerson()) {
            return false;
        }
        Step entered = Step.of(stay.enter());
        Step left = Step.of(stay.exit());
        return !left.standsWhere(entered)
                && left.isChosen()
                && !left.context().equals(PARK_RETURN)
                && left.runsSame(entered);
    }

    private static boolean isTold(List<Handover> told, long at) {
        return told.stream().anyMatch(handover -> Math.abs(handover.at() - at) < Times.SECOND);
    }

    private Handover handover(Stay stay) {
        Cel exit = stay.exit();
        Channel moved = stay.channel();
        Conversation talk = moved == call.caller().voice() ? call.talk() : call.conversationOf(moved);
        boolean isRedirect = exit.peer() != null && !exit.peer().isEmpty();
        Channel left = talk.before(exit.eventTime()).map(Encounter::partner).orElse(null);
        Optional<Channel> target = talk.encounters().stream()
                .filter(encounter -> encounter.from() > exit.eventTime())
                .map(Encounter::partner)
                .findFirst();
        return new Handover(
                isRedirect ? "redirect" : "blind",
                isRedirect ? null : left,
                call.dialledParty(exit.exten()),
                target.orElse(null),
                exit.eventTime(),
                target.isPresent(),
                List.of());
    }

    /**
     * Two answered legs of the caller with two Dials: the second was asked for by who had the first, if it went where its
     * extension says.
     */
    private List<Handover> inLegs() {
        List<Handover> handovers = new ArrayList<>();
        Encounter before = null;
        for (Encounter next : call.talk().encounters()) {
            if (before != null && isSentOn(before, next)) {
                handovers.add(new Handover(
                        "blind",
                        before.partner(),
                        call.dialledParty(next.step().exten()),
                        next.partner(),
                        before.until(),
                        true,
                        List.of()));
            }
            before = next;
        }
        return handovers;
    }

    private boolean isSentOn(Encounter before, Encounter next) {
        Step step = next.step();
        boolean isOtherDial =
                step.runs("Dial") && !step.data().equals(before.step().data());
        boolean isChosen = step.isChosen() && !step.context().equals(PARK_RETURN);
        boolean isTransfer = call.contexts().isOfTransfers(step.context());
        return isOtherDial
                && isChosen
                && (isTransfer || isWhereAskedFor(next.partner(), step.exten()))
                && !isAfterPark(next);
    }

    private boolean isWhereAskedFor(Channel partner, String exten) {
        return call.isOutside(partner)
                ? call.numbers().isOutsideNumber(exten)
                : call.extensionOf(partner).filter(exten::equals).isPresent();
    }

    private boolean isAfterPark(Encounter next) {
        return call.caller().root().legs().stream()
                .filter(cdr -> Step.of(cdr).runs("Park"))
                .map(Cdr::startTime)
                .anyMatch(start -> start != null && start <= next.from());
    }
}
