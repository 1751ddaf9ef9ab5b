package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.CallKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A call in a line of the board, as its latest document tells it. Nulls are absent; instants are the document's own text.
 *
 * @param state what goes on, or how it ended
 * @param src the caller's number, else extension
 * @param dst whom the caller reached or wants to reach
 * @param written when the document was written, in milliseconds since 1970
 * @param parties every other number, extension and name of the call, to be found by
 */
record CallSummary(
        String pbx,
        String linkedid,
        int revision,
        boolean complete,
        CallState state,
        String direction,
        String disposition,
        boolean answered,
        String callTime,
        String answeredAt,
        String endedAt,
        Double talkSeconds,
        Long durationSeconds,
        String src,
        String srcName,
        String dialled,
        String dst,
        String dstName,
        String tenant,
        String queue,
        String mergedInto,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean gaps,
        long written,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> parties) {

    static CallSummary of(CallKey key, JsonNode document, long written) {
        return new CallSummary(
                key.pbx(),
                key.linkedid(),
                document.path("revision").asInt(),
                document.path("is_complete").asBoolean(),
                CallState.of(document),
                text(document, "direction"),
                text(document, "disposition"),
                document.path("answered").asBoolean(),
                text(document, "call_time"),
                text(document, "answered_at"),
                text(document, "ended_at"),
                document.hasNonNull("talk_seconds")
                        ? document.get("talk_seconds").asDouble()
                        : null,
                document.hasNonNull("duration_seconds")
                        ? document.get("duration_seconds").asLong()
                        : null,
                first(document, "src_number", "src_extension"),
                first(document, "src_name", "src_extension_name"),
                text(document, "dialled"),
                callee(document),
                calleeName(document),
                text(document, "tenant"),
                queue(document),
                text(document, "merged_into"),
                document.path("completeness").path("gaps").asBoolean(),
                written,
                parties(document));
    }

    CallKey key() {
        return new CallKey(pbx, linkedid);
    }

    /** All that a person may look for, in lower case. */
    String haystack() {
        StringBuilder all = new StringBuilder();
        for (String part :
                List.of(linkedid, orEmpty(src), orEmpty(srcName), orEmpty(dialled), orEmpty(dst), orEmpty(dstName))) {
            all.append(part).append('\n');
        }
        parties.forEach(party -> all.append(party).append('\n'));
        return all.append(orEmpty(queue)).toString().toLowerCase(Locale.ROOT);
    }

    private static String callee(JsonNode document) {
        JsonNode party = document.path("answered_by");
        String answered = first(party, "extension", "number");
        return answered != null ? answered : first(document, "dst_extension", "dst_number", "dialled");
    }

    private static String calleeName(JsonNode document) {
        String answered = text(document.path("answered_by"), "name");
        return answered != null ? answered : first(document, "dst_extension_name", "dst_name");
    }

    private static String queue(JsonNode document) {
        JsonNode queues = document.path("queue");
        return queues.isEmpty() ? null : text(queues.get(queues.size() - 1), "name");
    }

    private static Set<String> parties(JsonNode document) {
        Set<String> parties = new LinkedHashSet<>();
        for (String field : List.of("src_number", "src_extension", "dst_number", "dst_extension")) {
            add(parties, document, field);
        }
        for (JsonNode leg : document.path("legs")) {
            add(parties, leg, "extension");
            add(parties, leg, "number");
            add(parties, leg, "name");
        }
        return parties;
    }

    private static void add(Set<String> parties, JsonNode owner, String field) {
        String text = text(owner, field);
        if (text != null && parties.size() < 20) {
            parties.add(text);
        }
    }

    private static String first(JsonNode owner, String... fields) {
        for (String field : fields) {
            String text = text(owner, field);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static String text(JsonNode owner, String field) {
        String text = owner.path(field).asText("");
        return text.isBlank() ? null : text;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
