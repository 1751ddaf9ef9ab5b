package com.sipstack.asterisk.model;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row as the API takes it one by one, with what only its call tells: numbers, direction, queue and tenant. The value of
 * {@link Topics#raw()} is its JSON, the key is the PBX's name.
 *
 * @param hostname of the PBX, as SIPSTACK knows it
 * @param record the API's fields by their names; none is null
 */
public record RawRecord(Kind kind, String pbx, String hostname, Map<String, Object> record) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RawRecord {
        record = Collections.unmodifiableMap(new LinkedHashMap<>(record));
    }

    /** Of which of Asterisk's tables a row is. */
    public enum Kind {
        CDR("cdr"),
        CEL("cel");

        private final String word;

        Kind(String word) {
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
            throw new IllegalStateException("a raw record cannot be written as JSON", e);
        }
    }
}
