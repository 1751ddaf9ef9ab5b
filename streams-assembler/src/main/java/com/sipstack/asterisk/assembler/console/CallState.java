package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What goes on in a call, in one word, or how it ended. */
enum CallState {
    RINGING,
    MENU,
    QUEUED,
    TALKING,
    PARKED,
    CONFERENCE,
    VOICEMAIL,
    ANSWERED,
    MERGED,
    MACHINE,
    NO_ANSWER,
    BUSY,
    FAILED;

    static CallState of(JsonNode document) {
        if (document.hasNonNull("merged_into")) {
            return MERGED;
        }
        return document.path("is_complete").asBoolean() ? ended(document) : inProgress(document);
    }

    /** Whether nobody was reached for a technical reason. */
    boolean isFailure() {
        return this == FAILED;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static CallState inProgress(JsonNode document) {
        if (isParked(document)) {
            return PARKED;
        }
        if (document.hasNonNull("conference")) {
            return CONFERENCE;
        }
        if (document.hasNonNull("voicemail")) {
            return VOICEMAIL;
        }
        if (document.path("answered").asBoolean()) {
            return TALKING;
        }
        return waiting(document);
    }

    private static CallState waiting(JsonNode document) {
        String queue = last(document, "queue").path("outcome").asText("unknown");
        if (document.has("queue") && queue.equals("unknown")) {
            return QUEUED;
        }
        JsonNode menu = last(document, "ivr");
        return menu.isObject() && !menu.hasNonNull("left_at") ? MENU : RINGING;
    }

    private static boolean isParked(JsonNode document) {
        JsonNode parking = last(document, "parking");
        return parking.isObject()
                && !parking.hasNonNull("retrieved_by")
                && !parking.path("timed_out").asBoolean();
    }

    /** A menu or voicemail answers the channel, and a CDR says ANSWERED then, though no person talked. */
    private static CallState ended(JsonNode document) {
        if (document.hasNonNull("conference")) {
            return CONFERENCE;
        }
        if (document.path("answered").asBoolean()) {
            return ANSWERED;
        }
        if (document.hasNonNull("voicemail")) {
            return VOICEMAIL;
        }
        return switch (document.path("disposition").asText("")) {
            case "ANSWERED" -> MACHINE;
            case "BUSY" -> BUSY;
            case "FAILED", "CONGESTION" -> FAILED;
            default -> NO_ANSWER;
        };
    }

    private static JsonNode last(JsonNode document, String list) {
        JsonNode entries = document.path(list);
        return entries.path(entries.size() - 1);
    }
}
