package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.Parties.Participant;
import com.sipstack.asterisk.model.document.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The channels on the other side of a call's caller. */
final class Callees {
    private final List<Channel> persons;
    private final Channel caller;
    private final Conversation talk;
    private final Numbers numbers;

    Callees(Map<String, Channel> channels, Channel caller, Conversation talk, Numbers numbers) {
        this.persons = Channel.persons(channels);
        this.caller = caller;
        this.talk = talk;
        this.numbers = numbers;
    }

    /** How long any of them rang, in microseconds. No channel event tells of a 180: a leg rings from its start. */
    long ringMicros() {
        List<Span> rings = new ArrayList<>();
        for (Channel callee : persons) {
            Long until = callee.answeredAt() != null ? callee.answeredAt() : callee.endedAt();
            if (callee != caller && callee.startedAt() != null && until != null) {
                rings.add(new Span(callee.startedAt(), until));
            }
        }
        return Times.union(rings);
    }

    /** Null if nobody answered. */
    Party answeredBy(String outsideNumber) {
        return party(talk.answeredBy(), outsideNumber);
    }

    /** Null if nobody answered. */
    Party finalParty(String outsideNumber) {
        return party(talk.finalPartner(), outsideNumber);
    }

    List<Leg> legs() {
        return persons.stream().map(this::leg).toList();
    }

    List<Participant> participants() {
        Map<String, Participant> participants = new LinkedHashMap<>();
        for (Channel person : persons) {
            String extension = extensionOf(person);
            String number = extension == null ? outsideNumber(person) : null;
            boolean answered = isPartner(person);
            participants.merge(
                    extension + "/" + number,
                    new Participant(extension, number, roleOf(person), answered),
                    (known, next) -> known.answered() ? known : next);
        }
        return List.copyOf(participants.values());
    }

    private Party party(Channel channel, String outsideNumber) {
        if (channel == null) {
            return null;
        }
        String extension = extensionOf(channel);
        String name = channel.firstName().isEmpty() ? null : channel.firstName();
        return new Party(
                extension,
                extension == null ? outsideNumber : null,
                extension == null ? null : name,
                channel.fullName());
    }

    private Leg leg(Channel channel) {
        Long until = channel.answeredAt() != null ? channel.answeredAt() : channel.endedAt();
        boolean rang = channel != caller && channel.startedAt() != null && until != null;
        return new Leg(
                channel.uniqueid(),
                channel.fullName(),
                roleOf(channel),
                extensionOf(channel),
                extensionOf(channel) == null ? outsideNumber(channel) : null,
                channel.firstName().isEmpty() ? null : channel.firstName(),
                Times.instant(channel.startedAt()),
                rang ? Times.seconds(until - channel.startedAt()) : null,
                Times.instant(channel.answeredAt()),
                Times.instant(channel.endedAt()),
                channel.cause());
    }

    private boolean isPartner(Channel channel) {
        return channel == caller ? talk.isAnswered() : channel == talk.answeredBy() || channel == talk.finalPartner();
    }

    private String roleOf(Channel channel) {
        return channel == caller ? "caller" : "callee";
    }

    private String extensionOf(Channel channel) {
        return channel.name().flatMap(numbers::extensionOf).orElse(null);
    }

    private String outsideNumber(Channel channel) {
        return numbers.e164(channel.firstNumber()).orElse(null);
    }
}
