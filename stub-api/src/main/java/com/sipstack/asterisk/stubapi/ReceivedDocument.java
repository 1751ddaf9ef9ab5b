package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call document that was accepted.
 *
 * @param customerId the document's {@code customer_id}
 * @param revision the document's {@code revision}
 * @param phase the document's {@code ship_phase}
 * @param idempotencyKey the request's Idempotency-Key
 * @param order how it stands to the earlier documents of the call
 * @param json the document as it came, decoded
 */
public record ReceivedDocument(
        Instant receivedAt,
        Optional<Long> customerId,
        String hostname,
        String linkedid,
        OptionalLong revision,
        String phase,
        Optional<String> idempotencyKey,
        ArrivalOrder order,
        String json) {

    /** Returns the document as a tree, parsed anew. */
    public JsonNode document() {
        return Json.parseKnownGood(json);
    }
}
