package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.model.Cdr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads whom a channel talked with from CDRs alone, which cannot tell a menu's time from a person's. */
final class LegReader {
    private final Channels channels;
    private final List<Encounter> met = new ArrayList<>();
    private final List<Span> talks = new ArrayList<>();

    private LegReader(Channels channels) {
        this.channels = channels;
    }

    static Conversation read(Channels channels, Channel subject) {
        LegReader reader = new LegReader(channels);
        subject.legs().stream()
                .filter(cdr -> Cdrs.isAnswered(cdr) && Cdrs.answeredAt(cdr) != null)
                .sorted(Comparator.comparing(Cdr::startTime).thenComparing(Cdrs.SEQUENCE))
                .forEach(reader::add);
        return Conversation.of(reader.met, reader.talks);
    }

    private void add(Cdr cdr) {
        Optional<Channel> partner = channels.named(cdr.dstchannel()).flatMap(this::personBehind);
        if (partner.isPresent()) {
            long from = Cdrs.answeredAt(cdr);
            long until = Cdrs.endedAt(cdr);
            met.add(new Encounter(partner.get(), from, until, Step.of(cdr), met.size(), false));
            talks.add(new Span(from, until));
        }
    }

    /** Behind a Local channel is whoever answered its other half. */
    private Optional<Channel> personBehind(Channel channel) {
        if (channel.isPerson()) {
            return Optional.of(channel);
        }
        return channels.otherHalf(channel).stream()
                .flatMap(half -> half.legs().stream())
                .filter(Cdrs::isAnswered)
                .flatMap(cdr -> channels.named(cdr.dstchannel()).stream())
                .filter(Channel::isPerson)
                .findFirst();
    }
}
