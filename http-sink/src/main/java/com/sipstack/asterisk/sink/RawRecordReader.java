package com.sipstack.asterisk.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import okio.ByteString;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads raw records from Kafka's. The CDR or event itself is opaque and stays as it is. */
final class RawRecordReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number is sent as it was read: 6.10 is not 6.1
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Duration retryTimeout;
    private final Clock clock;

    /** @param retryTimeout the age of a record from which on it is not sent again */
    RawRecordReader(Duration retryTimeout, Clock clock) {
        this.retryTimeout = retryTimeout;
        this.clock = clock;
    }

    /** @param record whose value is not null */
    RawRecord read(SinkRecord record, OffsetTicket ticket) throws MalformedDocumentException {
        JsonNode value = tree(record.value());
        String pbx = value.path("pbx").textValue();
        RawKind kind = RawKind.of(value.path("kind").textValue())
                .orElseThrow(() -> malformed("the kind is neither cdr nor cel", pbx, null));
        if (!(value.path("record") instanceof ObjectNode content)) {
            throw malformed("the record is not a JSON object", pbx, null);
        }
        requiredText(value, "pbx", pbx);
        String hostname = requiredText(value, "hostname", pbx);
        int occurrence = value.path("occurrence").asInt(1);
        return new RawRecord(record, ticket, kind, pbx, hostname, occurrence, json(content), deadline(record));
    }

    private Instant deadline(SinkRecord record) {
        Long written = record.timestamp();
        return (written == null ? clock.instant() : Instant.ofEpochMilli(written)).plus(retryTimeout);
    }

    private static JsonNode tree(Object value) throws MalformedDocumentException {
        try {
            if (value instanceof byte[] bytes) {
                return MAPPER.readTree(bytes);
            }
            if (value instanceof String text) {
                return MAPPER.readTree(text);
            }
            if (value instanceof Map<?, ?> fields) {
                return MAPPER.valueToTree(fields);
            }
        } catch (JsonProcessingException e) {
            throw malformed("the value is not JSON: " + e.getOriginalMessage(), null, e);
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("the value cannot be read: " + e.getMessage(), null, e);
        }
        throw malformed(
                value.getClass().getName() + " is not bytes, text or a map; use ByteArrayConverter", null, null);
    }

    private static String requiredText(JsonNode value, String field, String pbx) throws MalformedDocumentException {
        String text = value.path(field).textValue();
        if (text == null || text.isBlank()) {
            throw malformed("there is no " + field, pbx, null);
        }
        return text;
    }

    private static ByteString json(ObjectNode content) {
        try {
            return ByteString.of(MAPPER.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("raw record cannot be written as JSON", e);
        }
    }

    private static MalformedDocumentException malformed(String reason, String pbx, Exception cause) {
        return new MalformedDocumentException(reason, pbx, cause);
    }
}
