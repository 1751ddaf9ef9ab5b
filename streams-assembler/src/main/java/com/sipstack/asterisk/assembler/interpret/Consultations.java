package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.document.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Attended transfers that no event tells of: the caller stays where they are in the dialplan, and the one whom they talked with
 * goes away and is replaced by another (completed), or comes back (not completed).
 */
final class Consultations {
    private static final Set<String> CONFERENCES = Set.of("confbridge", "meetme");

    private final CallFacts call;
    private final List<Handover> told;
    private final List<Stay> parked;

    private Consultations(CallFacts call, List<Handover> told, List<Stay> parked) {
        this.call = call;
        this.told = told;
        this.parked = parked;
    }

    static List<Handover> of(CallFacts call, List<Handover> told, List<Stay> parked) {
        Consultations consultations = new Consultations(call, told, parked);
        List<Handover> handovers = new ArrayList<>();
        Encounter before = null;
        for (Encounter next : call.talk().encounters()) {
            if (before != null && consultations.isPossible(before, next)) {
                consultations.handover(before, next).ifPresent(handovers::add);
            }
            before = next;
        }
        return handovers;
    }

    /** Whether nothing else explains the change. */
    private boolean isPossible(Encounter before, Encounter next) {
        return next.step().isSameAs(before.step())
                && !CONFERENCES.contains(next.step().app().toLowerCase(Locale.ROOT))
                && !next.partner().isStranger()
                && !call.caller().isDialler()
                && told.stream().noneMatch(handover -> liesBetween(handover.at(), before, next))
                && parked.stream().noneMatch(stay -> liesBetween(stay.from(), before, next))
                && !hasParkedLeg();
    }

    private static boolean liesBetween(long time, Encounter before, Encounter next) {
        return before.from() <= time && time <= next.from() + Times.SECOND;
    }

    private boolean hasParkedLeg() {
        return !call.applications().of("Park").isEmpty();
    }

    private Optional<Handover> handover(Encounter before, Encounter next) {
        if (before.partner() != next.partner()) {
            boolean isReplaced = before.until() <= next.from() + Times.SECOND
                    || call.rows().cels().isEmpty();
            return isReplaced ? Optional.of(completed(before, next)) : Optional.empty();
        }
        boolean isBack = before.stay() == next.stay() && before.until() < next.from();
        return isBack ? consulted(before, next).map(other -> notCompleted(before, other)) : Optional.empty();
    }

    private Handover completed(Encounter before, Encounter next) {
        Party to = call.partyOf(next.partner());
        return new Handover(
                "attended", before.partner(), to, next.partner(), next.from(), true, linkedids(next.partner()));
    }

    private Handover notCompleted(Encounter before, Channel other) {
        return new Handover("attended", before.partner(), call.partyOf(other), other, before.until(), false, List.of());
    }

    /** Who was rung when the other went away. */
    private Optional<Channel> consulted(Encounter before, Encounter next) {
        return call.channels().persons().stream()
                .filter(person -> person.startedAt() != null && person != before.partner())
                .filter(person -> person.startedAt() >= before.until() - Times.SECOND)
                .filter(person -> person.startedAt() < next.from())
                .findFirst();
    }

    private List<String> linkedids(Channel target) {
        return target.linkedids().size() > 1 ? List.copyOf(target.linkedids()) : List.of();
    }
}
