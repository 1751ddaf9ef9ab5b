package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.Story.Menu;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws a call's channels beside each other: from their events, else from the document's legs. */
final class Ladder {
    private Ladder() {}

    /** @param cels in the order in which they were raised; those without a time are left out */
    static List<LadderLane> of(CallDocument document, List<Cel> cels) {
        Map<String, Leg> legs = document.parties().legs() == null
                ? Map.of()
                : document.parties().legs().stream()
                        .filter(leg -> leg.uniqueid() != null)
                        .collect(Collectors.toMap(Leg::uniqueid, Function.identity(), (first, same) -> first));
        List<LadderLane> lanes = cels.isEmpty() ? ofLegs(legs) : ofEvents(document, cels, legs);
        return lanes.stream()
                .sorted(Comparator.comparingDouble(LadderLane::start))
                .toList();
    }

    private static List<LadderLane> ofEvents(CallDocument document, List<Cel> cels, Map<String, Leg> legs) {
        Map<String, List<Cel>> byChannel = cels.stream()
                .filter(cel -> cel.eventTime() != null && cel.uniqueid() != null)
                .collect(Collectors.groupingBy(Cel::uniqueid, LinkedHashMap::new, Collectors.toList()));
        List<LadderLane> lanes = new ArrayList<>();
        byChannel.forEach((uniqueid, events) -> lanes.add(
                new LaneReader(uniqueid, events, legs.get(uniqueid), menus(document, legs.get(uniqueid))).lane()));
        return lanes;
    }

    /** The document tells of the caller's menus. */
    private static List<Menu> menus(CallDocument document, Leg leg) {
        boolean isCaller = leg != null && "caller".equals(leg.role());
        return isCaller && document.story().ivr() != null ? document.story().ivr() : List.of();
    }

    private static List<LadderLane> ofLegs(Map<String, Leg> legs) {
        return legs.values().stream()
                .map(Ladder::ofLeg)
                .filter(Objects::nonNull)
                .toList();
    }

    private static LadderLane ofLeg(Leg leg) {
        if (leg.startedAt() == null) {
            return null;
        }
        double start = millis(leg.startedAt());
        Double end = leg.endedAt() == null ? null : (Double) millis(leg.endedAt());
        List<LadderLane.Span> spans = new ArrayList<>();
        Double answer = leg.answeredAt() == null ? null : (Double) millis(leg.answeredAt());
        spans.add(new LadderLane.Span("ring", start, answer == null ? end : answer, null, null));
        if (answer != null) {
            spans.add(new LadderLane.Span("talk", answer, end, null, null));
        }
        return new LadderLane(
                leg.uniqueid(),
                leg.channel(),
                leg.role(),
                leg.extension(),
                leg.number(),
                leg.name(),
                false,
                start,
                end,
                spans,
                List.of());
    }

    static double millis(Instant instant) {
        return instant.getEpochSecond() * 1_000.0 + instant.getNano() / 1_000_000.0;
    }
}
