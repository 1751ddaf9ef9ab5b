package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.TableLayout.TimeColumn;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table without id, asked by its rows' times. Its queries can use an index on the time, if there is one. Immutable. */
record KeylessTable(AsteriskTable table, TimeColumn time) {
    private static final int PROBE = 10;

    /** @throws SQLException if the table's column of the time is missing, too */
    static KeylessTable of(AsteriskTable table, TableLayout layout) throws SQLException {
        return new KeylessTable(
                table,
                layout.time()
                        .orElseThrow(() -> new SQLException(
                                "table " + table.name() + " has neither an integer id nor a column "
                                        + table.kind().timeColumn(),
                                "42703")));
    }

    /**
     * The next rows by rising time, at most as many as the limit.
     *
     * @param from the first time, in the form that the table's rows have it; null for the oldest
     */
    List<TableRow> rowsFrom(Session session, String from, int limit) throws SQLException {
        String sql = query(session.dialect(), from, limit);
        return from == null ? session.rows(table, sql) : session.rows(table, sql, from);
    }

    /** The newest rows, by rising time. */
    List<TableRow> newest(Session session, int limit) throws SQLException {
        String column = column(session.dialect());
        List<TableRow> rows = session.rows(
                table,
                "SELECT * FROM " + session.dialect().quoted(table.name()) + " WHERE " + column
                        + " IS NOT NULL ORDER BY " + column + " DESC LIMIT " + limit);
        Collections.reverse(rows);
        return rows;
    }

    /** The newest row's time; empty if there is no row, or none of the newest has a time that can be read. */
    Optional<String> newestTime(Session session) throws SQLException {
        return newest(session, PROBE).stream()
                .map(row -> row.text(table.kind().timeColumn()))
                .filter(text -> TimeForm.second(text).isPresent())
                .reduce((earlier, later) -> later);
    }

    /** How the server would look for rows from a time on. */
    List<Map<String, String>> plan(Session session, String from) throws SQLException {
        return session.plan(query(session.dialect(), from, 1), from);
    }

    private String query(Dialect dialect, String from, int limit) {
        String column = column(dialect);
        String condition = from == null ? " IS NOT NULL" : " >= " + dialect.textParameter(time.typeName());
        return "SELECT * FROM " + dialect.quoted(table.name()) + " WHERE " + column + condition + " ORDER BY " + column
                + " LIMIT " + limit;
    }

    private String column(Dialect dialect) {
        return dialect.quotedPart(time.name());
    }
}
