package com.sipstack.asterisk.stubapi;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is remembered of every document of a call.
 *
 * @param phase its {@code ship_phase}
 * @param revision its {@code revision}
 * @param idempotencyKey the Idempotency-Key that it came with
 */
public record Arrival(String phase, OptionalLong revision, Optional<String> idempotencyKey) {

    boolean sameRevision(Arrival other) {
        return revision.isPresent() && revision.equals(other.revision);
    }

    boolean repeats(Arrival other) {
        return sameRevision(other) && idempotencyKey.equals(other.idempotencyKey);
    }
}
