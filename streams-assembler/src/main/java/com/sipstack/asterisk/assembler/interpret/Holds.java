package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Music inside a conversation of two. No channel event of Asterisk's own tells of a hold; who is put on hold hears music, which
 * STREAM_BEGIN tells, and AMI's Hold and Unhold come as events of these names, on the channel that holds.
 */
final class Holds {
    private static final String HOLD = "HOLD";
    private static final String UNHOLD = "UNHOLD";

    private final CallFacts call;
    private final Map<Channel, List<Span>> holds = new HashMap<>();
    private final Map<Channel, Long> begun = new HashMap<>();
    private boolean isLogged;

    private Holds(CallFacts call) {
        this.call = call;
    }

    /** Null where the PBX logs neither. */
    static Double seconds(CallFacts call) {
        Holds found = new Holds(call);
        call.rows().cels().stream().filter(cel -> cel.eventTime() != null).forEach(found::follow);
        found.begun.forEach((channel, since) -> found.add(channel, new Span(since, Long.MAX_VALUE)));
        return found.isLogged ? (Double) Times.seconds(Times.union(within(call, found.holds))) : null;
    }

    private void follow(Cel cel) {
        Channel channel = call.channels().withUniqueid(cel.uniqueid());
        if (channel == null) {
            return;
        }
        if (begins(cel)) {
            begun.putIfAbsent(channel, cel.eventTime());
        } else if (ends(cel) && begun.containsKey(channel)) {
            add(channel, new Span(begun.remove(channel), cel.eventTime()));
        }
        isLogged |= cel.type() == CelEventType.STREAM_BEGIN || isNamed(cel, HOLD) || isNamed(cel, UNHOLD);
    }

    private static boolean begins(Cel cel) {
        boolean isMusic = cel.type() == CelEventType.STREAM_BEGIN
                && !Extra.of(cel).text("class").isEmpty();
        return isMusic || isNamed(cel, HOLD);
    }

    private static boolean ends(Cel cel) {
        return cel.type() == CelEventType.STREAM_END || isNamed(cel, UNHOLD);
    }

    private static boolean isNamed(Cel cel, String event) {
        return cel.type() == CelEventType.USER_DEFINED && event.equalsIgnoreCase(cel.eventtype());
    }

    private void add(Channel channel, Span span) {
        holds.computeIfAbsent(channel, none -> new ArrayList<>()).add(span);
    }

    private static List<Span> within(CallFacts call, Map<Channel, List<Span>> music) {
        List<Span> held = new ArrayList<>();
        for (Encounter encounter : call.talk().encounters()) {
            Span conversation = new Span(encounter.from(), encounter.until());
            for (Channel party : List.of(call.caller().voice(), encounter.partner())) {
                for (Span span : music.getOrDefault(party, List.of())) {
                    held.add(span.within(conversation));
                }
            }
        }
        return held;
    }
}
