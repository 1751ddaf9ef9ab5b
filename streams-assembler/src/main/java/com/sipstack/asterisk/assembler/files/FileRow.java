package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.model.CsvLayout.Table;
import java.util.Map;

/**
 * A row as it stands in a file.
 *
 * @param number counts the rows of the file, from 1
 * @param columns values by column name; those of an export may be numbers or null
 */
record FileRow(Line line, long number, Table table, Map<String, Object> columns) {
    /** Where it begins, lines counted from 1. */
    record Line(String file, long number) {
        @Override
        public String toString() {
            return file + ":" + number;
        }
    }

    /** Some name the start of a leg as cdr-csv does. */
    FileRow {
        if (columns.containsKey("start") && !columns.containsKey("calldate")) {
            columns.put("calldate", columns.remove("start"));
        }
    }

    /** The text of a column; null if there is none. */
    String text(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }

    /** The column with the moment as the PBX wrote it. */
    String timeColumn() {
        return table == Table.CEL ? "eventtime" : "calldate";
    }

    /** The column with the same moment in UTC microseconds. */
    String utcColumn() {
        return table == Table.CEL ? "event_time" : "start_time";
    }
}
