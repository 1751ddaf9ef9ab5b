package com.sipstack.asterisk.model;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param occurrence which it is of the call's rows that may say the same, from 2 on; null for the first, and mostly it is the only one
 * @param record the API's fields by their names; none is null
 */
public record RawRecord(
        Kind kind,
        String pbx,
        String hostname,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer occurrence,
        Map<String, Object> record) {
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
