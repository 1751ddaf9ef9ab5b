package com.sipstack.asterisk.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;

/**
 * What became of a recording. The value of {@link Topics#receipts()} is its JSON, the key is the PBX's name. Origin and position are
 * the recording's own: of the file as it was when it was found.
 *
 * @param linkedid the call; null if it was not found
 * @param status the API's answer; null if there was none
 * @param sha256 of what was sent; null of what was given up
 * @param at UTC microseconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RecordingReceipt(
        String pbx,
        String origin,
        Long position,
        String fileName,
        String linkedid,
        Outcome outcome,
        Integer status,
        String sha256,
        long at) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the API took it. */
    public enum Outcome {
        /** The API has it: the file is no longer needed. */
        ACCEPTED("accepted"),
        /** It lies in the dead-letter queue: the file is still needed. */
        GIVEN_UP("given_up");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word in JSON. */
        @JsonValue
        public String word() {
            return word;
        }
    }

    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt cannot be written as JSON", e);
        }
    }

    /** @throws RowFormatException if the bytes are no receipt; says why */
    public static RecordingReceipt fromJson(byte[] value) {
        try {
            return JSON.readValue(value, RecordingReceipt.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new RowFormatException("is no receipt: " + e.getMessage(), e);
        }
    }
}
