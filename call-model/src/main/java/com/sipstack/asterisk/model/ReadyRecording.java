package com.sipstack.asterisk.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recording that may leave, with what its call tells. The value of {@link Topics#recordingsReady()} is its JSON, the key is the
 * PBX's name.
 *
 * @param hostname of the PBX, as SIPSTACK knows it
 * @param fields the API's fields by their names, in the API's order; none is null
 * @param file where the audio is
 */
public record ReadyRecording(String pbx, String hostname, Map<String, Object> fields, Recording file) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    public ReadyRecording {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public byte[] toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pbx", pbx);
        json.put("hostname", hostname);
        json.put("fields", fields);
        json.put("file", Recording.MAPPING.toColumns(file));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ready recording cannot be written as JSON", e);
        }
    }

    /** @throws RowFormatException if the bytes are no ready recording; says why */
    public static ReadyRecording fromJson(byte[] value) {
        try {
            Map<String, Object> json = JSON.readValue(value, OBJECT);
            return new ReadyRecording(
                    (String) json.get("pbx"),
                    (String) json.get("hostname"),
                    JSON.convertValue(json.get("fields"), OBJECT),
                    Recording.MAPPING.fromConnect(json.get("file")));
        } catch (IOException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new RowFormatException("is no ready recording: " + e.getMessage(), e);
        }
    }
}
