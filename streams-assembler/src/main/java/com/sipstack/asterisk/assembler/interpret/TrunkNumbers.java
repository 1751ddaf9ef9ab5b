package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.ChannelName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that the PBX dialled on its trunks. A trunk's channel bears whatever caller ID Dial() gave it: the number dialled, that of
 * the caller, or that of whoever transferred them. What was dialled stands in Dial()'s argument, {@code PJSIP/14165550123@sbc} or
 * {@code SIP/sbc/14165550123}.
 */
final class TrunkNumbers {
    private static final Pattern NUMBER = Pattern.compile("(?:sip:)?(\\+?\\d{3,})");

    private final Applications applications;

    TrunkNumbers(Applications applications) {
        this.applications = applications;
    }

    /** What was dialled on the channel; empty if no Dial() tells. */
    Optional<String> dialledOn(Channel trunk) {
        Long start = trunk.startedAt();
        return trunk.name()
                .flatMap(name -> applications.of("Dial").stream()
                        .filter(run -> start == null
                                || run.step().until() == null
                                || run.step().until() >= start)
                        .flatMap(run -> numberFor(name, run).stream())
                        .findFirst());
    }

    private static Optional<String> numberFor(ChannelName trunk, Run run) {
        return DialString.destinations(run.step().argument(0)).stream()
                .map(destination -> List.of(destination.split("[/@]", -1)))
                .filter(parts -> parts.get(0).equalsIgnoreCase(trunk.technology()) && parts.contains(trunk.endpoint()))
                .flatMap(parts -> parts.stream().skip(1))
                .filter(part -> !part.equals(trunk.endpoint()))
                .map(NUMBER::matcher)
                .filter(Matcher::matches)
                .map(number -> number.group(1))
                .findFirst();
    }
}
