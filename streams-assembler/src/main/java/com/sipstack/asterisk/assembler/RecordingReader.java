package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RowFormatException;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.Converter;

/** Reads recordings: a plain JSON object whatever the rows' converter is, since audio in chunks comes with one; else by the converter. */
final class RecordingReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** What a converter of JSON with schemas wraps its values in. */
    private static final String WRAPPED = "payload";

    private final Converter converter;

    RecordingReader(Converter converter) {
        this.converter = converter;
    }

    /** @throws RowFormatException if the value is no recording, or not one of the key's PBX */
    Recording read(String topic, String key, Headers headers, byte[] value) {
        Recording recording = Recording.MAPPING.fromConnect(columns(topic, headers, value));
        if (recording.provenance().source() == null || recording.fileName() == null) {
            throw new RowFormatException("the recording tells no source or no file");
        }
        if (!recording.provenance().pbx().equals(key)) {
            throw new RowFormatException("the key is '" + key + "' and should be the recording's PBX");
        }
        return recording;
    }

    private Object columns(String topic, Headers headers, byte[] value) {
        try {
            if (value != null && value.length > 0 && value[0] == '{') {
                Map<String, Object> columns = JSON.readValue(value, OBJECT);
                if (!columns.containsKey(WRAPPED)) {
                    return columns;
                }
            }
            return converter.toConnectData(topic, headers, value).value();
        } catch (IOException | ConnectException | SerializationException e) {
            throw new RowFormatException("the recording cannot be read", e);
        }
    }
}
