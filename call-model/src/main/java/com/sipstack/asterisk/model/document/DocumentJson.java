package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Arrays;

/** The call document as JSON: snake_case, ISO-8601 instants, nulls left out. Safe for any thread. */
public final class DocumentJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private DocumentJson() {}

    public static byte[] write(CallDocument document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("call document cannot be written as JSON", e);
        }
    }

    /**
     * The JSON of a document, of the JSON of its content.
     *
     * @param content JSON of a document without a phase
     */
    public static byte[] at(CallDocument.Phase phase, byte[] content) {
        try {
            byte[] begin = MAPPER.writeValueAsBytes(phase);
            // The one's end and the other's beginning make a comma
            byte[] document = Arrays.copyOf(begin, begin.length + content.length - 1);
            document[begin.length - 1] = ',';
            System.arraycopy(content, 1, document, begin.length, content.length - 1);
            return document;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("phase cannot be written as JSON", e);
        }
    }

    /** Whether two documents are written alike. */
    public static boolean equal(CallDocument a, CallDocument b) {
        return MAPPER.valueToTree(a).equals(MAPPER.valueToTree(b));
    }

    /**
     * Reads a document that is to be written again.
     *
     * @throws IOException if the bytes are no JSON of a call document, or have fields of a later release, which would get lost
     */
    public static CallDocument readWhole(byte[] json) throws IOException {
        CallDocument document = read(json);
        if (!MAPPER.readTree(write(document)).equals(MAPPER.readTree(json))) {
            throw new IOException("the document has fields that this release does not know");
        }
        return document;
    }

    /** @throws IOException if the bytes are no JSON of a call document */
    public static CallDocument read(byte[] json) throws IOException {
        return MAPPER.readValue(json, CallDocument.class);
    }
}
