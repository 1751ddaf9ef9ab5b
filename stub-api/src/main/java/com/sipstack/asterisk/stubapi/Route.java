package com.sipstack.asterisk.stubapi;

import java.util.Optional;

/**
 * One address of the API.
 *
 * @param method the one method that it takes
 * @param contentType the media type that a body must have; empty where there is no body
 * @param bodyLimit the largest body in bytes, after decoding
 */
record Route(String method, Optional<String> contentType, long bodyLimit, Endpoint endpoint) {
    private static final String FORM = "multipart/form-data";

    static Route get(Endpoint endpoint) {
        return new Route("GET", Optional.empty(), 0, endpoint);
    }

    static Route postJson(int bodyLimit, Endpoint endpoint) {
        return new Route("POST", Optional.of("application/json"), bodyLimit, endpoint);
    }

    static Route postForm(long bodyLimit, Endpoint endpoint) {
        return new Route("POST", Optional.of(FORM), bodyLimit, endpoint);
    }

    /** True if its bodies are forms, which are read as they come in. */
    boolean takesForms() {
        return contentType.equals(Optional.of(FORM));
    }
}
