package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom one party of a call talked with, and for how long. Times are UTC microseconds.
 *
 * @param encounters in the order of their beginnings
 * @param partners those met in them
 * @param answeredAt the first moment that the party shares a bridge with another person; null if it never did
 * @param talkMicros the party's time in bridges from that moment on
 */
record Conversation(List<Encounter> encounters, Set<Channel> partners, Long answeredAt, long talkMicros) {
    static final Conversation NONE = new Conversation(List.of(), Set.of(), null, 0);

    /** @param inBridges the times that the party was in bridges where one can talk */
    static Conversation of(List<Encounter> met, List<Span> inBridges) {
        if (met.isEmpty()) {
            return NONE;
        }
        List<Encounter> encounters = new ArrayList<>(met);
        encounters.sort(Comparator.comparingLong(Encounter::from));
        long answeredAt = encounters.get(0).from();
        Span sinceAnswer = new Span(answeredAt, Long.MAX_VALUE);
        List<Span> talking =
                inBridges.stream().map(span -> span.within(sinceAnswer)).toList();
        Set<Channel> partners = met.stream().map(Encounter::partner).collect(Collectors.toUnmodifiableSet());
        return new Conversation(List.copyOf(encounters), partners, answeredAt, Times.union(talking));
    }

    boolean isAnswered() {
        return answeredAt != null;
    }

    Optional<Encounter> first() {
        return encounters.stream().findFirst();
    }

    Optional<Encounter> last() {
        return encounters.isEmpty() ? Optional.empty() : Optional.of(encounters.get(encounters.size() - 1));
    }

    /** The one that the party was in at that time, or in the moment before it. */
    Optional<Encounter> before(long time) {
        return encounters.stream().filter(encounter -> encounter.from() <= time).reduce((earlier, later) -> later);
    }

    /** The first one that began at that time or later. */
    Optional<Encounter> since(long time) {
        return encounters.stream().filter(encounter -> encounter.from() >= time).findFirst();
    }

    boolean isWith(Channel partner) {
        return partners.contains(partner);
    }
}
