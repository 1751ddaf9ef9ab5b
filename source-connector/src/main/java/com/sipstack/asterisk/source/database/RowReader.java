package com.sipstack.asterisk.source.database;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the rows of one result, whatever columns it has. */
final class RowReader {
    private static final String ID = "id";

    private final List<Column> columns;
    /** 0 if there is no id. */
    private final int idColumn;

    private RowReader(List<Column> columns, int idColumn) {
        this.columns = columns;
        this.idColumn = idColumn;
    }

    private record Column(int index, String name, ColumnValue value) {}

    static RowReader of(ResultSetMetaData result, RowKind kind) throws SQLException {
        List<Column> columns = new ArrayList<>();
        Set<String> names = names(result);
        for (int i = 1; i <= result.getColumnCount(); i++) {
            ColumnValue value = ColumnValue.of(
                    result.getColumnType(i), result.getColumnTypeName(i).toLowerCase(Locale.ROOT));
            columns.add(new Column(i, kind.nameOf(name(result, i), names), value));
        }
        int idColumn = columns.stream()
                .filter(RowReader::isId)
                .mapToInt(Column::index)
                .findFirst()
                .orElse(0);
        return new RowReader(List.copyOf(columns), idColumn);
    }

    boolean hasId() {
        return idColumn > 0;
    }

    /** The place in the result of the column that rows will have under a name; 0 if there is none. */
    int indexOf(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .mapToInt(Column::index)
                .findFirst()
                .orElse(0);
    }

    /** The columns' names in lower case, as the rows will have them. */
    Set<String> columnNames() {
        Set<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return names;
    }

    /** Reads the row at which the result stands. */
    TableRow read(ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>(2 * columns.size());
        for (Column column : columns) {
            if (column.index() != idColumn) {
                values.put(column.name(), column.value().read(row, column.index()));
            }
        }
        return new TableRow(hasId() ? row.getLong(idColumn) : 0, values);
    }

    /** Text of that name, a UUID perhaps, has no order to read by: it is a column like any other. */
    private static boolean isId(Column column) {
        return column.name().equals(ID)
                && (column.value() == ColumnValue.INTEGER || column.value() == ColumnValue.DECIMAL);
    }

    private static Set<String> names(ResultSetMetaData result) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            names.add(name(result, i));
        }
        return names;
    }

    private static String name(ResultSetMetaData result, int column) throws SQLException {
        return result.getColumnLabel(column).toLowerCase(Locale.ROOT);
    }
}
