package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sipstack.asterisk.assembler.console.LadderLane.Mark;
import com.sipstack.asterisk.assembler.console.LadderLane.Span;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.Story.Menu;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one channel's events as stretches of time. For one use. */
final class LaneReader {
    private static final Map<String, String> KINDS = Map.of(
            "queue", "queue",
            "voicemail", "voicemail",
            "voicemailmain", "voicemail",
            "confbridge", "conference",
            "meetme", "conference",
            "park", "park",
            "parkedcall", "wait",
            "playback", "announcement");

    private static final String RING = "ring";
    private static final String TALK = "talk";
    private static final String MUSIC = "music";

    private final String uniqueid;
    private final List<Cel> events;
    private final Leg leg;
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Open> open = new HashMap<>();
    private Double end;

    private record Open(String kind, double start, String label, String with) {}

    /** @param leg null if the document has none of this channel */
    LaneReader(String uniqueid, List<Cel> events, Leg leg, List<Menu> menus) {
        this.uniqueid = uniqueid;
        this.events = events;
        this.leg = leg;
        for (Menu menu : menus) {
            if (menu.enteredAt() != null) {
                spans.add(new Span(
                        "menu",
                        Ladder.millis(menu.enteredAt()),
                        menu.leftAt() == null ? null : (Double) Ladder.millis(menu.leftAt()),
                        menu.digits() == null ? menu.context() : menu.context() + " " + menu.digits(),
                        null));
            }
        }
    }

    LadderLane lane() {
        events.forEach(this::read);
        if (end == null && leg != null && leg.endedAt() != null) {
            end = Ladder.millis(leg.endedAt());
        }
        List.copyOf(open.keySet()).forEach(name -> close(name, end));
        Cel first = events.get(0);
        return new LadderLane(
                uniqueid,
                first.channame(),
                leg == null ? null : leg.role(),
                leg == null ? null : leg.extension(),
                leg == null ? null : leg.number(),
                leg == null ? first.cidName() : leg.name(),
                ChannelName.parse(first.channame()).map(ChannelName::isPlumbing).orElse(false),
                at(first),
                end,
                spans,
                marks);
    }

    private void read(Cel cel) {
        double at = at(cel);
        switch (cel.type()) {
            case CHAN_START -> open(RING, isCaller() ? "wait" : RING, at, null, null);
            case ANSWER -> {
                close(RING, at);
                marks.add(new Mark("answer", at, null));
            }
            case APP_START -> start(cel, at);
            case APP_END -> {
                // Recording goes on after its application has returned
                close("app " + lower(cel.appname()), at);
            }
            case BRIDGE_ENTER -> enter(cel, at);
            case BRIDGE_EXIT -> {
                close(TALK, at);
                close(MUSIC, at);
            }
            case STREAM_BEGIN -> beginStream(cel, at);
            case STREAM_END -> close(MUSIC, at);
            case PARK_START ->
                open("park", "park", at, extra(cel).path("parking_lot").asText(null), null);
            case PARK_END -> close("park", at);
            case HANGUP -> hangUp(cel, at);
            case CHAN_END -> end = at;
            case BLINDTRANSFER, ATTENDEDTRANSFER, PICKUP, FORWARD, USER_DEFINED -> mark(cel, at);
            default -> {
                // LINKEDID_END, optimised Local channels and keys are no stretches of time
            }
        }
    }

    private void start(Cel cel, double at) {
        String application = lower(cel.appname());
        String data = cel.appdata() == null ? "" : cel.appdata();
        if (application.equals("mixmonitor")) {
            open("recording", "recording", at, data.split(",", 2)[0], null);
        } else if (KINDS.containsKey(application)) {
            open("app " + application, KINDS.get(application), at, data.split(",", 2)[0], null);
        }
    }

    private void enter(Cel cel, double at) {
        close(RING, at);
        JsonNode extra = extra(cel);
        boolean isHolding = extra.path("bridge_technology").asText("").equals("holding_bridge");
        if (!isHolding) {
            boolean isConference =
                    open.values().stream().anyMatch(app -> app.kind().equals("conference"));
            open(
                    TALK,
                    isConference ? "conference" : TALK,
                    at,
                    null,
                    extra.path("bridge_id").asText(null));
        }
    }

    /** Music in a conversation is hold; in a queue or on a slot it is what one expects. */
    private void beginStream(Cel cel, double at) {
        if (open.containsKey(TALK) && extra(cel).has("class")) {
            open(MUSIC, "hold", at, extra(cel).path("class").asText(null), null);
        }
    }

    private void hangUp(Cel cel, double at) {
        end = at;
        JsonNode extra = extra(cel);
        marks.add(new Mark("hangup", at, extra.path("hangupcause").asText("")));
    }

    private void mark(Cel cel, double at) {
        JsonNode extra = extra(cel);
        String label = cel.type() == CelEventType.USER_DEFINED
                ? cel.eventtype()
                : extra.path("extension")
                        .asText(extra.path("forward")
                                .asText(extra.path("transfer_target_channel_name")
                                        .asText("")));
        marks.add(new Mark(cel.type().name().toLowerCase(Locale.ROOT), at, label));
    }

    private void open(String name, String kind, double at, String label, String with) {
        close(name, at);
        open.put(name, new Open(kind, at, label, with));
    }

    private void close(String name, Double at) {
        Open closing = open.remove(name);
        if (closing != null) {
            spans.add(new Span(closing.kind(), closing.start(), at, closing.label(), closing.with()));
        }
    }

    private boolean isCaller() {
        return leg != null && "caller".equals(leg.role());
    }

    private static JsonNode extra(Cel cel) {
        try {
            return cel.extra() == null || cel.extra().isBlank()
                    ? MissingNode.getInstance()
                    : ConsoleJson.read(cel.extra().getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static double at(Cel cel) {
        return cel.eventTime() / 1_000.0;
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
