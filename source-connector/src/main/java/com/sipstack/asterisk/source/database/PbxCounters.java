package com.sipstack.asterisk.source.database;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was counted at one PBX since its task started. Written by the thread that reads the PBX, read by any. */
final class PbxCounters {
    private final LongAdder turns = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder lateRows = new LongAdder();
    private final LongAdder expiredIds = new LongAdder();
    private final LongAdder expiredGaps = new LongAdder();
    private final LongAdder epochs = new LongAdder();
    private final Map<String, Integer> openGaps = new ConcurrentHashMap<>();

    /** All tables were asked once. */
    void turnTaken() {
        turns.increment();
    }

    void rowRead() {
        rows.increment();
    }

    /** One of the rows filled a gap. */
    void lateRowRead() {
        lateRows.increment();
    }

    void gapsExpired(Collection<IdGap> gaps) {
        expiredGaps.add(gaps.size());
        gaps.forEach(gap -> expiredIds.add(gap.count()));
    }

    /** A table's ids began again. */
    void epochBegan() {
        epochs.increment();
    }

    void openGaps(String table, int gaps) {
        openGaps.put(table, gaps);
    }

    /** How often the PBX was asked for rows with success. */
    long turns() {
        return turns.sum();
    }

    /** Rows read, those that became dead letters included. */
    long rows() {
        return rows.sum();
    }

    /** Rows read that had been missing when a row with a larger id was read. */
    long lateRows() {
        return lateRows.sum();
    }

    /** Gaps of all tables that may still fill, as of the last turn. */
    int openGaps() {
        return openGaps.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Gaps that are no longer waited for. */
    long expiredGaps() {
        return expiredGaps.sum();
    }

    /** The ids in them. */
    long expiredIds() {
        return expiredIds.sum();
    }

    /** How often a table's ids began again. */
    long epochs() {
        return epochs.sum();
    }
}
