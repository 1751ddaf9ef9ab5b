package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Call documents for tests. */
final class CallDocuments {
    private CallDocuments() {}

    /** The incumbent's document as it went over the wire: its times have no offset. */
    static ObjectNode incumbent() {
        try (InputStream in = CallDocuments.class.getResourceAsStream("incumbent-inbound.json")) {
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The incumbent's document with the offsets that the contract asks for. */
    static ObjectNode valid() {
        ObjectNode document = incumbent();
        addOffset(document, "call_time");
        addOffset(document, "shipped_at");
        for (JsonNode entry : document.get("call_threads")) {
            addOffset((ObjectNode) entry, "time");
        }
        return document;
    }

    private static void addOffset(ObjectNode node, String field) {
        node.put(field, node.get(field).textValue() + "Z");
    }

    static ObjectNode valid(String linkedid) {
        return valid().put("linkedid", linkedid);
    }

    static ObjectNode valid(String linkedid, int revision) {
        return valid(linkedid).put("revision", revision);
    }
}
