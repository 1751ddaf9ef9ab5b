package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps documents below what their topic takes. Of one that is larger the longest lists, those of rows before all others, lose
 * entries from their middle until it fits, and {@code truncated} names those lists.
 *
 * @param bytes the largest document
 */
record DocumentLimit(int bytes) {
    private static final String NAMES = "truncated";
    private static final Set<String> ROWS = Set.of("raw_cdrs", "raw_cels");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param json a document */
    byte[] fit(byte[] json) {
        return json.length <= bytes ? json : trim(json);
    }

    private byte[] trim(byte[] json) {
        try {
            ObjectNode document = (ObjectNode) JSON.readTree(json);
            Set<String> trimmed = new TreeSet<>();
            byte[] smaller = json;
            Optional<String> largest = largestList(document);
            while (smaller.length > bytes && largest.isPresent()) {
                trimmed.add(largest.get());
                document.set(largest.get(), withoutMiddle((ArrayNode) document.get(largest.get())));
                smaller = JSON.writeValueAsBytes(mark(document, trimmed));
                largest = largestList(document);
            }
            return smaller;
        } catch (IOException e) {
            throw new UncheckedIOException("a document that we wrote is no JSON", e);
        }
    }

    private static Optional<String> largestList(ObjectNode document) {
        return document.properties().stream()
                .filter(field -> !field.getKey().equals(NAMES))
                .filter(field -> field.getValue().isArray() && !field.getValue().isEmpty())
                .max(Comparator.comparing((Map.Entry<String, JsonNode> field) -> ROWS.contains(field.getKey()))
                        .thenComparing(field -> lengthOf(field.getValue())))
                .map(Map.Entry::getKey);
    }

    private static int lengthOf(JsonNode list) {
        try {
            return JSON.writeValueAsBytes(list).length;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first and the last quarter; nothing of a single entry. */
    private static ArrayNode withoutMiddle(ArrayNode list) {
        ArrayNode kept = JSON.createArrayNode();
        int quarter = Math.max(list.size() / 4, list.size() > 1 ? 1 : 0);
        for (int i = 0; i < list.size(); i++) {
            if (i < quarter || (i >= list.size() - quarter && list.size() > 2)) {
                kept.add(list.get(i));
            }
        }
        return kept;
    }

    private static ObjectNode mark(ObjectNode document, Set<String> trimmed) {
        if (trimmed.contains("call_threads")) {
            document.put("call_threads_count", document.get("call_threads").size());
            document.put("call_threads_truncated", true);
        }
        ArrayNode names = document.putArray(NAMES);
        trimmed.forEach(names::add);
        return document;
    }
}
