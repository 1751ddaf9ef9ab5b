package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Goes through a keyless table by rising time, a page at a time. Rows of one and the same time, which have no order, are never
 * parted: a page ends before the first of them, or holds them all. For one thread at a time.
 */
final class TimeCursor {
    private final KeylessTable table;
    private final int pageRows;
    private String from;
    private int limit;
    private boolean isAtEnd;

    /** @param from the first time to read, as the table's rows have it; null for the oldest */
    TimeCursor(KeylessTable table, String from, int pageRows) {
        this.table = table;
        this.from = from;
        this.pageRows = Math.max(2, pageRows);
        this.limit = this.pageRows;
    }

    /** The next rows; none if the page was too small for those of one time, or of one that cannot be read: the next will be larger. */
    List<TableRow> next(Session session) throws SQLException {
        List<TableRow> rows = table.rowsFrom(session, from, limit);
        if (rows.size() < limit) {
            isAtEnd = true;
            return rows;
        }
        String last = time(rows.get(rows.size() - 1));
        List<TableRow> whole =
                rows.stream().takeWhile(row -> !Objects.equals(time(row), last)).toList();
        if (last == null || whole.isEmpty()) {
            limit = Math.multiplyExact(limit, 2);
        } else {
            from = last;
            limit = pageRows;
        }
        return last == null ? List.of() : whole;
    }

    /** The second, on the table's scale, from which on the next rows are; empty if they are the oldest. */
    OptionalLong position() {
        return TimeForm.second(from);
    }

    boolean isAtEnd() {
        return isAtEnd;
    }

    /** Null if it cannot be read. */
    private String time(TableRow row) {
        return row.text(table.table().kind().timeColumn());
    }
}
