package com.sipstack.asterisk.source.database;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a table's columns let us do with it.
 *
 * @param columns by lower-case name, as rows have them
 * @param hasId whether there is an integer {@code id} to read by
 * @param time the column to read by where there is no id; empty if that is missing too
 */
record TableLayout(Set<String> columns, boolean hasId, Optional<TimeColumn> time) {
    TableLayout {
        columns = Set.copyOf(columns);
    }

    /**
     * A table's column of the time at which a leg, an event or a recording began.
     *
     * @param name as the table has it, which may be another than its rows'
     * @param typeName the database's own name of the type
     */
    record TimeColumn(String name, String typeName) {}

    /** The columns without which a table cannot be read as what it should be, and that it has not. */
    List<String> missing(RowKind kind) {
        List<String> missing = new ArrayList<>(kind.missing(columns));
        if (!hasId && time.isEmpty() && !missing.contains(kind.timeColumn())) {
            missing.add(kind.timeColumn());
        }
        return missing;
    }

    static TableLayout of(ResultSetMetaData result, RowKind kind) throws SQLException {
        RowReader reader = RowReader.of(result, kind);
        int time = reader.indexOf(kind.timeColumn());
        return new TableLayout(
                reader.columnNames(),
                reader.hasId(),
                time == 0
                        ? Optional.empty()
                        : Optional.of(new TimeColumn(result.getColumnName(time), result.getColumnTypeName(time))));
    }
}
