package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.Reason;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at a table: its columns, its indexes, its newest rows. */
final class TableCheck {
    private static final int NEWEST = 2_000;
    private static final int QUERY_SECONDS = 5;
    private static final Set<Integer> WHOLE_NUMBERS =
            Set.of(Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.NUMERIC, Types.DECIMAL);

    private final Connection connection;
    private final String table;
    private final TableKind kind;
    private final RowTimes times;

    TableCheck(Connection connection, String table, TableKind kind, Optional<String> timezone, Clock clock) {
        this.connection = connection;
        this.table = table;
        this.kind = kind;
        this.times = new RowTimes(table, timezone, clock);
    }

    /** @return the newest rows; empty if they cannot be had */
    Optional<TableRows> run(Findings out) throws SQLException {
        try {
            return look(columns(), out);
        } catch (SQLException e) {
            tellMissing(e, out);
            return Optional.empty();
        }
    }

    private Optional<TableRows> look(Map<String, Integer> columns, Findings out) throws SQLException {
        Optional<String> time =
                kind.timeColumns().stream().filter(columns::containsKey).findFirst();
        if (!tellColumns(columns.keySet(), time, out)) {
            return Optional.empty();
        }
        Optional<String> order = tellIndex(columns, time, out);
        if (order.isEmpty()) {
            return Optional.empty();
        }
        TableRows rows = new TableRows(kind, newest(columns.keySet(), time, order.get()));
        tellRows(rows, out);
        return Optional.of(rows);
    }

    private void tellRows(TableRows rows, Findings out) {
        times.tell(rows, out);
        if (kind == TableKind.CEL && rows.rows().size() >= CsvCheck.ENOUGH) {
            EventCoverage.ofEvents(
                    rows.eventTypes(), "the newest " + rows.rows().size() + " events", out.in(Area.CEL));
        }
    }

    private void tellMissing(SQLException fault, Findings out) throws SQLException {
        String state = String.valueOf(fault.getSQLState());
        String setting = "DB_TABLE_" + kind;
        if (fault.getErrorCode() == 1142 || state.equals("42501")) {
            out.error(
                    table + " may not be read: " + Reason.of(fault),
                    "GRANT SELECT ON " + table + " TO "
                            + connection.getMetaData().getUserName().replaceFirst("@.*", "") + ";");
        } else if (state.startsWith("42") || state.equals("3F000")) {
            out.error(
                    "there is no table " + table,
                    "Set " + setting + " to its name, with its schema and a dot if it is not in the search path."
                            + (kind == TableKind.CEL
                                    ? " Asterisk does not make it: cel_odbc.conf.sample has its columns."
                                    : ""));
        } else {
            throw fault;
        }
    }

    private boolean tellColumns(Set<String> columns, Optional<String> time, Findings out) {
        List<String> missing = new ArrayList<>(kind.needed());
        missing.removeAll(columns);
        if (time.isEmpty()) {
            missing.add(kind.timeColumns().get(0));
        }
        if (!missing.isEmpty()) {
            out.error(
                    table + " has no " + String.join(", ", missing) + ": it is no table of " + kind + " rows",
                    "Set DB_TABLE_" + kind + " to the table that Asterisk writes, or add the columns.");
            return false;
        }
        kind.useful().forEach((column, cost) -> {
            if (!columns.contains(column)) {
                out.warning(
                        table + " has no column " + column,
                        cost + " Asterisk fills it once it is there:\nALTER TABLE " + table + " ADD COLUMN " + column
                                + " VARCHAR(150) DEFAULT '';");
            }
        });
        return true;
    }

    /** By which column the newest rows can be found without reading all of them; empty if by none. */
    private Optional<String> tellIndex(Map<String, Integer> columns, Optional<String> time, Findings out)
            throws SQLException {
        Set<String> indexed = indexed();
        boolean hasId = columns.containsKey("id") && WHOLE_NUMBERS.contains(columns.get("id"));
        String column = hasId ? "id" : time.orElseThrow();
        if (!indexed.contains(column)) {
            out.warning(
                    table + " has no index that begins with " + column + ": every look at it reads the whole table",
                    "CREATE INDEX " + table.replace('.', '_') + "_" + column + " ON " + table + " (" + column + ");");
            return Optional.empty();
        }
        out.ok(table + " is read by " + column + ", which has an index");
        return Optional.of(column);
    }

    private List<TableRows.Row> newest(Set<String> columns, Optional<String> time, String order) throws SQLException {
        String wanted = quoted(time.orElseThrow()) + ", " + quoted("uniqueid") + ", "
                + (columns.contains("eventtype") ? quoted("eventtype") : "NULL") + ", "
                + (columns.contains("duration") ? quoted("duration") : "NULL");
        String sql =
                "SELECT " + wanted + " FROM " + quoted(table) + " ORDER BY " + quoted(order) + " DESC LIMIT " + NEWEST;
        try (Statement statement = statement();
                ResultSet result = statement.executeQuery(sql)) {
            List<TableRows.Row> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(new TableRows.Row(
                        result.getString(1), result.getString(2), result.getString(3), result.getString(4)));
            }
            return rows;
        }
    }

    /** Types by lower-case name. */
    private Map<String, Integer> columns() throws SQLException {
        try (Statement statement = statement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + quoted(table) + " LIMIT 0")) {
            ResultSetMetaData data = result.getMetaData();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.put(data.getColumnName(i).toLowerCase(Locale.ROOT), data.getColumnType(i));
            }
            return columns;
        }
    }

    /** The first columns of indexes. */
    private Set<String> indexed() throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        String schema = table.contains(".") ? table.substring(0, table.indexOf('.')) : null;
        boolean isCatalog = !server.supportsSchemasInTableDefinitions();
        String name = table.substring(table.indexOf('.') + 1);
        String catalog = isCatalog && schema != null ? schema : connection.getCatalog();
        Set<String> first = new HashSet<>();
        try (ResultSet indexes = server.getIndexInfo(catalog, isCatalog ? null : schema, name, false, true)) {
            while (indexes.next()) {
                if (indexes.getShort("ORDINAL_POSITION") == 1 && indexes.getString("COLUMN_NAME") != null) {
                    first.add(indexes.getString("COLUMN_NAME").replace("\"", "").toLowerCase(Locale.ROOT));
                }
            }
        }
        return first;
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(QUERY_SECONDS);
        return statement;
    }

    private String quoted(String name) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        return quote + name.replace(quote, quote + quote).replace(".", quote + "." + quote) + quote;
    }
}
