package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Knows where to stop in a table of which only a range of time is read. For one thread at a time. */
final class RangeEnd {
    private final AsteriskTable table;
    private final Optional<Instant> stopAt;
    /** The newest id when reading began: what is written later is the live connector's. Null until then. */
    private Long newest;

    private boolean isReached;

    /** @param endAt empty if there is no end; rows that came late are looked for a while beyond it */
    RangeEnd(AsteriskTable table, Optional<Instant> endAt) {
        this.table = table;
        this.stopAt = endAt.map(end -> end.plus(StartingPoint.DISORDER));
    }

    /** To be called before rows are read. */
    void meet(Session session) throws SQLException {
        if (stopAt.isPresent() && newest == null) {
            newest = session.newestId(table);
        }
    }

    boolean isLimited() {
        return stopAt.isPresent();
    }

    boolean isReached() {
        return isReached;
    }

    /**
     * The rows that are in the range.
     *
     * @param position of the last row before them
     * @param rows by rising id; none if there are no more
     * @param zone of their local times
     */
    List<TableRow> within(long position, List<TableRow> rows, ZoneId zone) {
        if (stopAt.isEmpty()) {
            return rows;
        }
        List<TableRow> within = rows.stream()
                .takeWhile(row -> row.id() <= newest && !isBeyond(row, zone))
                .toList();
        long last = within.isEmpty() ? position : within.get(within.size() - 1).id();
        isReached = rows.isEmpty() || within.size() < rows.size() || last >= newest;
        return within;
    }

    private boolean isBeyond(TableRow row, ZoneId zone) {
        return StartingPoint.moment(row, table.kind(), zone)
                .filter(moment -> !moment.isBefore(stopAt.orElseThrow()))
                .isPresent();
    }
}
