package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What makes two documents the same call to the receiver. */
record CallKey(Optional<Long> customerId, Origin origin) {

    /** Where a call took place, whosever it is. */
    record Origin(String hostname, String linkedid) {}

    /** @param document one that keeps the contract */
    static CallKey of(JsonNode document) {
        Optional<Long> customerId =
                Optional.ofNullable(document.get("customer_id")).map(JsonNode::longValue);
        String hostname = document.get("hostname").textValue();
        return new CallKey(
                customerId, new Origin(hostname, document.get("linkedid").textValue()));
    }
}
