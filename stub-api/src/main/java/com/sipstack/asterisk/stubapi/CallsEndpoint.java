package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Takes call documents. */
final class CallsEndpoint implements Endpoint {
    private final CallStore calls;
    private final Consumer<ReceivedDocument> listener;

    CallsEndpoint(CallStore calls, Consumer<ReceivedDocument> listener) {
        this.calls = calls;
        this.listener = listener;
    }

    @Override
    public ApiAnswer answer(ApiRequest request) {
        JsonNode document = request.json();
        CallDocumentRules.check(document);
        checkHostname(request, document);
        ReceivedDocument received = calls.accept(document, request.text(), request.header("Idempotency-Key"));
        listener.accept(received);
        return ApiAnswer.json(
                202,
                Json.MAPPER
                        .createObjectNode()
                        .put("status", "accepted")
                        .put("hostname", received.hostname())
                        .put("linkedid", received.linkedid()));
    }

    private static void checkHostname(ApiRequest request, JsonNode document) {
        String header = request.header(RequestRules.ASTERISK_HOSTNAME).orElse("");
        String hostname = document.get("hostname").textValue();
        if (!hostname.equals(header)) {
            throw ContractViolation.ofValue(
                    "hostname", hostname, "is not " + header + " as " + RequestRules.ASTERISK_HOSTNAME + " says");
        }
    }
}
