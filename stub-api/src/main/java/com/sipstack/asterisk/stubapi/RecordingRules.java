package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the form of a recording must be like. */
final class RecordingRules {
    private static final Map<String, String> CONTENT_TYPES =
            Map.of("wav", "audio/wav", "mp3", "audio/mpeg", "gsm", "audio/gsm", "ogg", "audio/ogg");
    private static final Set<String> DIRECTIONS = Set.of("inbound", "outbound", "internal");

    private RecordingRules() {}

    static void check(MultipartForm form) {
        form.requiredField("recording_id");
        FormAudio audio = form.requiredAudio();
        form.requireAudioLast();
        form.requireEachOnce();
        checkContentType(audio);
        checkPattern(form, "duration", "[0-9]+(\\.[0-9]+)?", "is not a number of seconds");
        checkPattern(form, "file_size", "[0-9]+", "is not a number of bytes");
        checkDirection(form);
        checkMetadata(form);
    }

    private static void checkContentType(FormAudio audio) {
        String name = audio.fileName();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String required = CONTENT_TYPES.get(extension);
        if (required != null && !required.equals(audio.contentType())) {
            throw ContractViolation.ofValue("audio", audio.contentType(), "is not " + required);
        }
    }

    private static void checkPattern(MultipartForm form, String field, String pattern, String rule) {
        String value = form.fields().get(field);
        if (value != null && !value.matches(pattern)) {
            throw ContractViolation.ofValue(field, value, rule);
        }
    }

    private static void checkDirection(MultipartForm form) {
        String direction = form.fields().get("direction");
        if (direction != null && !DIRECTIONS.contains(direction)) {
            throw ContractViolation.ofValue("direction", direction, "is not inbound, outbound or internal");
        }
    }

    private static void checkMetadata(MultipartForm form) {
        try {
            Json.MAPPER.readTree(form.field("metadata", "{}"));
        } catch (JsonProcessingException e) {
            throw ContractViolation.of(422, "metadata: is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
