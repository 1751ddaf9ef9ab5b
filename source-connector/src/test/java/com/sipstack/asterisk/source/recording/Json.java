package com.sipstack.asterisk.source.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads what the connector has written itself. */
final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    static Map<?, ?> read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
