package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Takes recordings and voicemails, and remembers the last of them. */
final class Uploads {
    private static final Map<String, String> CONTENT_TYPES =
            Map.of("wav", "audio/wav", "mp3", "audio/mpeg", "gsm", "audio/gsm", "ogg", "audio/ogg");
    private static final String TRANSCRIPTION = "Hello, this is a message.";

    private final RecentList<ReceivedUpload> received;
    private final Counters counters;

    Uploads(RecentList<ReceivedUpload> received, Counters counters) {
        this.received = received;
        this.counters = counters;
    }

    ApiAnswer recording(ApiRequest request) {
        MultipartForm form = MultipartForm.of(request);
        String recordingId = form.requiredField("recording_id");
        form.requireAudioLast();
        checkContentType(form.upload());
        remember(form);
        return ApiAnswer.json(
                202, Json.MAPPER.createObjectNode().put("status", "accepted").put("recording_id", recordingId));
    }

    private static void checkContentType(ReceivedUpload upload) {
        String extension = upload.fileName()
                .substring(upload.fileName().lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT);
        String required = CONTENT_TYPES.get(extension);
        if (required != null && !required.equals(upload.contentType())) {
            throw ContractViolation.ofValue("audio", upload.contentType(), "is not " + required);
        }
    }

    ApiAnswer voicemail(ApiRequest request) {
        MultipartForm form = MultipartForm.of(request);
        JsonNode metadata = metadata(form.requiredField("metadata"));
        String format = form.field("format", "html");
        ApiAnswer answer = ApiAnswer.json(200, transcription(format, metadata));
        remember(form);
        return answer;
    }

    private static JsonNode metadata(String json) {
        try {
            JsonNode metadata = Json.MAPPER.readTree(json);
            ObjectRules.builder().build().check("metadata", metadata);
            return metadata;
        } catch (JsonProcessingException e) {
            throw ContractViolation.of(422, "metadata: is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode transcription(String format, JsonNode metadata) {
        String mailbox = metadata.path("mailbox").asText();
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("type", format.equals("html") ? "html" : "transcription").put("transcription", TRANSCRIPTION);
        answer.put("html", "<p>" + TRANSCRIPTION + "</p>");
        return answer.put("subject", "New voicemail in mailbox " + mailbox);
    }

    private void remember(MultipartForm form) {
        received.add(form.upload());
        counters.increment(Counter.UPLOADS);
    }
}
