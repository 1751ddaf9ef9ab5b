package com.sipstack.asterisk.assembler.interpret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sipstack.asterisk.model.Cel;

/** An event's {@code extra}: JSON text with fields of its type. Old dialplans and cut columns leave text that is no JSON: empty. */
record Extra(JsonNode fields) {
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);
    private static final Extra EMPTY = new Extra(MissingNode.getInstance());

    static Extra of(Cel cel) {
        String text = cel.extra();
        if (text == null || text.isBlank()) {
            return EMPTY;
        }
        try {
            return new Extra(JSON.readTree(text));
        } catch (JsonProcessingException cutOrForeign) {
            return EMPTY;
        }
    }

    /** Empty if the field is missing. */
    String text(String field) {
        return fields.path(field).asText("");
    }

    /** Null if the field is missing or no number. */
    Integer integer(String field) {
        JsonNode value = fields.path(field);
        return value.canConvertToInt() ? value.asInt() : null;
    }

    boolean isEmpty() {
        return fields.isMissingNode();
    }

    /** All fields as JSON; empty if there are none. */
    String json() {
        return fields.isMissingNode() ? "" : fields.toString();
    }
}
