package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Takes recordings and voicemails, and remembers the last of them. */
final class Uploads {
    private static final String TRANSCRIPTION = "Hello, this is a message.";

    private final RecentList<ReceivedUpload> received;
    private final Counters counters;

    Uploads(RecentList<ReceivedUpload> received, Counters counters) {
        this.received = received;
        this.counters = counters;
    }

    ApiAnswer recording(ApiRequest request) {
        MultipartForm form = request.form();
        RecordingRules.check(form);
        remember(request, form);
        ObjectNode answer = Json.MAPPER.createObjectNode().put("status", "accepted");
        return ApiAnswer.json(202, answer.put("recording_id", form.requiredField("recording_id")));
    }

    ApiAnswer voicemail(ApiRequest request) {
        MultipartForm form = request.form();
        JsonNode metadata = metadata(form.requiredField("metadata"));
        String format = form.field("format", "html");
        ApiAnswer answer = ApiAnswer.json(200, transcription(format, metadata));
        remember(request, form);
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

    private void remember(ApiRequest request, MultipartForm form) {
        FormAudio audio = form.requiredAudio();
        received.add(new ReceivedUpload(
                Instant.now(),
                request.path(),
                request.header(RequestRules.ASTERISK_HOSTNAME).orElse(""),
                request.header("Idempotency-Key"),
                form.fields(),
                audio.fileName(),
                audio.contentType(),
                audio.bytes(),
                audio.sha256()));
        counters.increment(Counter.UPLOADS);
    }
}
