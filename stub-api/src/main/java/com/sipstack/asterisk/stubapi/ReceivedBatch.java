package com.sipstack.asterisk.stubapi;

import java.time.Instant;
import java.util.Optional;

/**
 * A batch of raw records that was accepted.
 *
 * @param hostname the PBX's host name, from the request's headers
 * @param idempotencyKey the Idempotency-Key that it came with
 * @param records how many CDRs and CEL events it holds
 * @param json the batch as it came
 */
public record ReceivedBatch(
        Instant receivedAt, String hostname, Optional<String> idempotencyKey, int records, String json) {}
