package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.Parties.Participant;
import com.sipstack.asterisk.model.document.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The people of a call, and those on the other side of its caller. */
final class Callees {
    private final CallFacts call;
    private final List<Channel> persons;
    private final Roles roles;
    private final List<Handover> handovers;

    Callees(CallFacts call, List<Handover> handovers) {
        this.call = call;
        this.persons = call.channels().persons();
        this.roles = new Roles(call, handovers);
        this.handovers = handovers;
    }

    /** How long any of them rang, in microseconds. No channel event tells of a 180: a leg rings from its start. */
    long ringMicros() {
        List<Span> rings = new ArrayList<>();
        for (Channel callee : persons) {
            Long until = rungUntil(callee);
            if (until != null && rang(callee)) {
                rings.add(new Span(callee.startedAt(), until));
            }
        }
        return Times.union(rings);
    }

    private boolean rang(Channel channel) {
        return channel != call.caller().root() && channel.startedAt() != null && !channel.hasDialled();
    }

    private static Long rungUntil(Channel callee) {
        return callee.answeredAt() != null ? callee.answeredAt() : callee.endedAt();
    }

    /** The first that talked with the caller; a dialler's callee is whom it dialled. Null if nobody did. */
    Party answeredBy(String outsideNumber) {
        Optional<Encounter> first = call.talk().first().filter(encounter -> !Conferences.isRoom(encounter.step()));
        return first.map(encounter -> call.caller().isDialler() ? call.caller().voice() : encounter.partner())
                .map(channel -> party(channel, outsideNumber))
                .orElse(null);
    }

    /** The last that talked with the caller, or whom the caller handed the other on to. Null if nobody did. */
    Party finalParty(String outsideNumber) {
        return handedOnByCaller()
                .or(() -> answers().reduce((earlier, later) -> later).map(Encounter::partner))
                .map(channel -> party(channel, outsideNumber))
                .orElse(null);
    }

    /** In a conference people meet, but nobody answers. */
    private Stream<Encounter> answers() {
        return call.talk().encounters().stream().filter(encounter -> !Conferences.isRoom(encounter.step()));
    }

    private Optional<Channel> handedOnByCaller() {
        return handovers.stream()
                .filter(handover -> handover.by() == call.caller().voice() && handover.target() != null)
                .reduce((earlier, later) -> later)
                .map(Handover::target);
    }

    List<Leg> legs() {
        return persons.stream().map(this::leg).toList();
    }

    List<Participant> participants() {
        Map<String, Participant> participants = new LinkedHashMap<>();
        Stream<Channel> strangers =
                call.talk().encounters().stream().map(Encounter::partner).filter(Channel::isStranger);
        Stream.concat(persons.stream(), strangers).forEach(person -> add(person, participants));
        return List.copyOf(participants.values());
    }

    private void add(Channel person, Map<String, Participant> participants) {
        String extension = call.extensionOf(person).orElse(null);
        String number = extension == null ? call.outsideNumberOf(person) : null;
        if (extension != null || number != null) {
            Participant participant = new Participant(extension, number, roles.of(person), hasTalked(person));
            participants.merge(
                    extension + "/" + number,
                    participant,
                    (known, next) -> known.answered() || known.role().equals("caller") ? known : next);
        }
    }

    private Party party(Channel channel, String outsideNumber) {
        Optional<String> extension = call.extensionOf(channel);
        if (extension.isPresent()) {
            return new Party(extension.get(), null, nameOf(channel), channel.fullName());
        }
        String own = call.outsideNumberOf(channel);
        return new Party(null, own == null ? outsideNumber : own, null, channel.fullName());
    }

    private Leg leg(Channel channel) {
        Long until = rungUntil(channel);
        String extension = call.extensionOf(channel).orElse(null);
        return new Leg(
                channel.uniqueid(),
                channel.fullName(),
                roles.of(channel),
                extension,
                extension == null ? call.outsideNumberOf(channel) : null,
                nameOf(channel),
                Times.instant(channel.startedAt()),
                until != null && rang(channel) ? (Double) Times.seconds(until - channel.startedAt()) : null,
                Times.instant(channel.answeredAt()),
                Times.instant(channel.endedAt()),
                channel.cause());
    }

    private boolean hasTalked(Channel channel) {
        return channel == call.caller().voice()
                ? call.talk().isAnswered()
                : call.talk().isWith(channel);
    }

    private static String nameOf(Channel channel) {
        return channel.firstName().isEmpty() ? null : channel.firstName();
    }
}
