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
    private final boolean hasParked;
    private final List<Encounter> met = new ArrayList<>();
    private final List<Span> talks = new ArrayList<>();

    private LegReader(Channels channels, Channel subject) {
        this.channels = channels;
        this.hasParked = subject.legs().stream().map(Step::of).anyMatch(step -> step.runs("Park"));
    }

    static Conversation read(Channels channels, Channel subject) {
        LegReader reader = new LegReader(channels, subject);
        boolean hasTalked = subject.legs().stream().anyMatch(LegReader::isLong);
        subject.legs().stream()
                .filter(cdr -> Cdrs.isAnswered(cdr) && Cdrs.answeredAt(cdr) != null)
                .filter(cdr -> !hasTalked || isLong(cdr))
                .sorted(Comparator.comparing(Cdr::startTime).thenComparing(Cdrs.SEQUENCE))
                .forEach(reader::add);
        return Conversation.of(reader.met, reader.talks);
    }

    /** chan_pjsip's leg to a phone whose call was picked up is answered, for no time at all. */
    private static boolean isLong(Cdr cdr) {
        return Cdrs.isAnswered(cdr) && cdr.billsec() != null && cdr.billsec() > 0;
    }

    private void add(Cdr cdr) {
        Optional<Channel> partner = channels.named(cdr.dstchannel()).flatMap(this::personBehind);
        if (partner.isPresent()) {
            long from = Cdrs.answeredAt(cdr);
            long until = Cdrs.endedAt(cdr);
            Step step = Step.of(cdr);
            talks.add(new Span(isHandedOver(step) ? met.get(met.size() - 1).until() : from, until));
            met.add(new Encounter(partner.get(), from, until, step, met.size(), false));
        }
    }

    /** The same Dial with another partner: the caller waited in the bridge while the first consulted the second. */
    private boolean isHandedOver(Step step) {
        return !hasParked
                && !met.isEmpty()
                && step.runs("Dial")
                && step.isSameAs(met.get(met.size() - 1).step());
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
