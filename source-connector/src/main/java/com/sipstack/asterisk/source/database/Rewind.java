package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to read again what was read already.
 *
 * @param before offsets made before this instant are rewound; empty if none is
 * @param lookback how far, counted back from the offset's own time
 */
record Rewind(Optional<Instant> before, Duration lookback) {
    boolean appliesTo(DatabaseSourceOffset offset) {
        return appliesTo(offset.at());
    }

    /** @param lastRead when a table was last read */
    boolean appliesTo(Instant lastRead) {
        return before.filter(lastRead::isBefore).isPresent();
    }
}
