package com.sipstack.asterisk.source.database;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A way through a keyless table from a time on.
 *
 * @param from on the table's scale; empty if from the oldest row on
 * @param isWide whether it goes as far back as new rows may come
 * @param begin by our clock
 */
record KeylessPass(KeylessTable table, TimeCursor cursor, OptionalLong from, boolean isWide, Instant begin) {}
