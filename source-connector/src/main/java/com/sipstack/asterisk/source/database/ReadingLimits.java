package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How far and how fast to read.
 *
 * @param endAt where a range that is read again ends; empty to go on for ever
 * @param rowsPerSecond of all tables of the PBX together; 0 for no limit
 */
record ReadingLimits(Optional<Instant> endAt, int rowsPerSecond) {
    ReadingLimits {
        requireNonNull(endAt, "endAt is null");
    }

    /** How many rows of a table to read at once, where so many would be read without limits. */
    int rowsAtOnce(int batchRows) {
        return rowsPerSecond == 0 ? batchRows : Math.min(batchRows, rowsPerSecond);
    }
}
