package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Music inside a conversation of two. No event tells of a hold; who is put on hold hears music, which STREAM_BEGIN tells. */
final class Holds {
    private Holds() {}

    /** Null where the PBX logs no streams. */
    static Double seconds(CallFacts call) {
        Map<Channel, List<Span>> music = new HashMap<>();
        Map<Channel, Long> playing = new HashMap<>();
        boolean logsStreams = false;
        for (Cel cel : call.rows().cels()) {
            Channel channel = call.channels().withUniqueid(cel.uniqueid());
            if (channel == null || cel.eventTime() == null) {
                continue;
            }
            if (cel.type() == CelEventType.STREAM_BEGIN
                    && !Extra.of(cel).text("class").isEmpty()) {
                playing.put(channel, cel.eventTime());
            } else if (cel.type() == CelEventType.STREAM_END && playing.containsKey(channel)) {
                music.computeIfAbsent(channel, silent -> new ArrayList<>())
                        .add(new Span(playing.remove(channel), cel.eventTime()));
            }
            logsStreams |= cel.type() == CelEventType.STREAM_BEGIN;
        }
        return logsStreams ? (Double) Times.seconds(Times.union(within(call, music))) : null;
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
