package com.sipstack.asterisk.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RowFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads ready recordings from Kafka's records. */
final class ReadyRecordingReader {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ReadyRecordingReader() {}

    /** @param record whose value is not null */
    static ReadyRecording read(SinkRecord record) throws MalformedDocumentException {
        try {
            ReadyRecording ready = ReadyRecording.fromJson(bytes(record.value()));
            check(ready);
            return ready;
        } catch (RowFormatException | JsonProcessingException e) {
            throw new MalformedDocumentException(e.getMessage(), null, e);
        }
    }

    private static byte[] bytes(Object value) throws JsonProcessingException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Map<?, ?> fields) {
            return MAPPER.writeValueAsBytes(fields);
        }
        throw new RowFormatException(
                value.getClass().getName() + " is not bytes, text or a map; use ByteArrayConverter", null);
    }

    private static void check(ReadyRecording ready) throws MalformedDocumentException {
        Recording file = ready.file();
        require(isText(ready.pbx()), "pbx", ready);
        require(isText(ready.hostname()), "hostname", ready);
        require(isText(ready.fields().get("recording_id")), "recording_id", ready);
        require(ready.fields().values().stream().noneMatch(value -> value == null), "value of a field", ready);
        require(file.isFile(), "file", ready);
        require(isText(file.filePath()), "file_path", ready);
        require(isText(file.fileName()), "file_name", ready);
        require(file.fileSize() != null, "file_size", ready);
        require(file.audio().isGiven() || file.modifiedTime() != null, "modified_time", ready);
    }

    private static boolean isText(Object value) {
        return value instanceof String text && !text.isBlank();
    }

    private static void require(boolean holds, String what, ReadyRecording ready) throws MalformedDocumentException {
        if (!holds) {
            throw new MalformedDocumentException("there is no " + what, ready.pbx(), null);
        }
    }
}
