package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** How a call was handed on: told by transfer events, and where a PBX logs none, by how its channels moved. */
final class Transfers {
    /**
     * One transfer.
     *
     * @param by who handed on; null for the PBX itself, as AMI's Redirect
     * @param to the party that it was handed on to
     * @param target that party's channel; null if it never answered or is unknown
     * @param at UTC microseconds
     */
    record Handover(
            String kind, Channel by, Party to, Channel target, long at, boolean completed, List<String> linkedids) {}

    private Transfers() {}

    /** In the order of their times. */
    static List<Handover> of(CallFacts call, List<Stay> parked) {
        List<Handover> handovers = new ArrayList<>(TransferEvents.of(call));
        handovers.addAll(Moves.of(call, handovers));
        handovers.addAll(Consultations.of(call, handovers, parked));
        handovers.sort(Comparator.comparingLong(Handover::at));
        return handovers;
    }

    static Transfer tell(CallFacts call, Handover handover) {
        return new Transfer(
                handover.kind(),
                handover.by() == null ? null : call.partyOf(handover.by()),
                handover.to(),
                Times.instant(handover.at()),
                handover.completed(),
                handover.linkedids());
    }

    /** The people whom a transferring party consulted first. */
    static List<Channel> consulted(List<Handover> handovers) {
        return handovers.stream()
                .filter(handover -> handover.kind().equals("attended"))
                .map(Handover::target)
                .filter(Objects::nonNull)
                .toList();
    }
}
