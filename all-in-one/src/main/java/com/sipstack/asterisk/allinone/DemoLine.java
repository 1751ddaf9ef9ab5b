package com.sipstack.asterisk.allinone;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A call document in one line for a terminal. */
final class DemoLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private DemoLine() {}

    /** When, which phase, which way, who called whom, how it went. */
    static String of(ReceivedDocument received) {
        JsonNode document = received.document();
        return String.format(
                "%s  %-8s  %-3s  %-28s → %-34s %s",
                TIME.format(received.receivedAt()),
                received.phase(),
                way(document.path("direction").asText()),
                caller(document),
                callee(document),
                outcome(document));
    }

    private static String way(String direction) {
        return switch (direction) {
            case "i" -> "in";
            case "o" -> "out";
            default -> "int";
        };
    }

    private static String caller(JsonNode document) {
        return words(document, "src_name", "src_number", "src_extension");
    }

    private static String callee(JsonNode document) {
        JsonNode answeredBy = document.path("answered_by");
        String dialled = words(document, "dialled");
        String answerer = words(answeredBy, "extension", "name");
        return answerer.isEmpty() || answerer.equals(dialled) ? dialled : dialled + " (" + answerer + ")";
    }

    private static String outcome(JsonNode document) {
        if (!document.path("is_complete").asBoolean()) {
            return document.path("answered").asBoolean() ? "talking" : "ringing";
        }
        double talk = document.path("talk_seconds").asDouble();
        String disposition = words(document, "disposition");
        return talk > 0 ? String.format("%s, talked %.1f s", disposition, talk) : disposition;
    }

    private static String words(JsonNode node, String... fields) {
        return Stream.of(fields)
                .map(field -> printable(node.path(field).asText("")))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    /** Names come from callers, who may put anything into them: nothing of it may steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }
}
