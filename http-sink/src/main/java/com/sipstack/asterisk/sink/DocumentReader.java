package com.sipstack.asterisk.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.CallKey;
import java.io.IOException;
import java.util.Map;
import okio.ByteString;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads call documents from Kafka's records. Everything but identity is opaque and stays as it is. Safe for any thread. */
final class DocumentReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number is sent as it was read: 6.10 is not 6.1
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** @param record whose value is not null */
    OutboundDocument read(SinkRecord record) throws MalformedDocumentException {
        CallKey call = key(record.key());
        ObjectNode document = object(record.value(), call);
        requiredText(document, "linkedid", call);
        String hostname = requiredText(document, "hostname", call);
        long revision = document.path("revision").asLong(0);
        document.remove("shipped_at");
        return new OutboundDocument(
                record,
                call,
                hostname,
                revision,
                document.path("is_complete").asBoolean(),
                IdempotencyKey.of(call, revision, document),
                json(document));
    }

    private static CallKey key(Object key) throws MalformedDocumentException {
        if (!(key instanceof String text)) {
            throw new MalformedDocumentException("the key is not text; use StringConverter", null, null);
        }
        try {
            return CallKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(e.getMessage(), null, e);
        }
    }

    private static ObjectNode object(Object value, CallKey call) throws MalformedDocumentException {
        try {
            if (tree(value) instanceof ObjectNode object) {
                return object;
            }
            throw malformed("the value is not a JSON object", call, null);
        } catch (JsonProcessingException e) {
            throw malformed("the value is not JSON: " + e.getOriginalMessage(), call, e);
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("the value cannot be read: " + e.getMessage(), call, e);
        }
    }

    private static JsonNode tree(Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            return MAPPER.readTree(bytes);
        }
        if (value instanceof String text) {
            return MAPPER.readTree(text);
        }
        if (value instanceof Map<?, ?> fields) {
            return MAPPER.valueToTree(fields);
        }
        throw new IllegalArgumentException(
                value.getClass().getName() + " is not bytes, text or a map; use ByteArrayConverter");
    }

    private static String requiredText(ObjectNode document, String field, CallKey call)
            throws MalformedDocumentException {
        String text = document.path(field).textValue();
        if (text == null || text.isBlank()) {
            throw malformed("the document has no " + field, call, null);
        }
        return text;
    }

    private static ByteString json(ObjectNode document) {
        try {
            return ByteString.of(MAPPER.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("call document cannot be written as JSON", e);
        }
    }

    private static MalformedDocumentException malformed(String reason, CallKey call, Exception cause) {
        return new MalformedDocumentException(reason, call.pbx(), cause);
    }
}
