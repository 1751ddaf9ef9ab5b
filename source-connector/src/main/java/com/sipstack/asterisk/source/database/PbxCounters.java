package com.sipstack.asterisk.source.database;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What was counted at one PBX since its task started. Written by the thread that reads the PBX, read by any. */
final class PbxCounters {
    private final LongAdder turns = new LongAdder();
    private final Map<String, TableCounters> tables = new ConcurrentHashMap<>();
    private volatile boolean isHealthy;

    PbxCounters(Collection<AsteriskTable> tables, Clock clock) {
        tables.forEach(table -> this.tables.put(table.name(), new TableCounters(clock)));
    }

    /** All tables were asked once. */
    void turnTaken() {
        turns.increment();
    }

    /** @param isHealthy whether the PBX's tables could all be read at the last attempt */
    void health(boolean isHealthy) {
        this.isHealthy = isHealthy;
    }

    /** Of the PBX's tables by name. */
    Map<String, TableCounters> tables() {
        return Map.copyOf(tables);
    }

    TableCounters of(AsteriskTable table) {
        return tables.get(table.name());
    }

    /** How often the PBX was asked for rows with success. */
    long turns() {
        return turns.sum();
    }

    /** Whether the PBX's tables could all be read at the last attempt; not before the first. */
    boolean isHealthy() {
        return isHealthy;
    }

    /** Rows read of all tables, those that became dead letters included. */
    long rows() {
        return sum(TableCounters::rows);
    }

    /** Rows that the PBX's database gave us, those that we had already included. */
    long rowsAsked() {
        return sum(TableCounters::rows) + sum(TableCounters::rowsReadAgain);
    }

    /** Rows read of all tables that had been missing when a row with a larger id was read. */
    long lateRows() {
        return sum(TableCounters::lateRows);
    }

    /** Gaps of all tables that may still fill, as of the last turn. */
    long openGaps() {
        return sum(TableCounters::openGaps);
    }

    /** Gaps of all tables that are no longer waited for. */
    long expiredGaps() {
        return sum(TableCounters::expiredGaps);
    }

    /** The ids in them. */
    long expiredIds() {
        return sum(TableCounters::expiredIds);
    }

    /** How often a table's ids began again. */
    long epochs() {
        return sum(TableCounters::epochs);
    }

    private long sum(ToLongFunction<TableCounters> count) {
        long sum = 0;
        for (TableCounters table : tables.values()) {
            sum += count.applyAsLong(table);
        }
        return sum;
    }
}
