package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an endpoint answers, before anything of HTTP: a status, headers and a JSON body, absent for 204. */
record ApiAnswer(int status, Map<String, String> headers, Optional<JsonNode> body) {
    ApiAnswer {
        headers = Map.copyOf(headers);
    }

    static ApiAnswer json(int status, JsonNode body) {
        return new ApiAnswer(status, Map.of(), Optional.of(body));
    }

    static ApiAnswer noContent() {
        return new ApiAnswer(204, Map.of(), Optional.empty());
    }

    static ApiAnswer error(int status, String reason) {
        return json(status, JsonNodeFactory.instance.objectNode().put("error", reason));
    }

    ApiAnswer withHeader(String name, String value) {
        Map<String, String> extended = new HashMap<>(headers);
        extended.put(name, value);
        return new ApiAnswer(status, extended, body);
    }
}
