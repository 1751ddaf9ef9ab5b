package com.sipstack.asterisk.source.database;

import java.util.Map;

/**
 * A row as its table has it.
 *
 * @param id 0 if its table has none
 * @param columns without the id, by lower-case name; text or a number, null for NULL
 */
public record TableRow(long id, Map<String, Object> columns) {
    /** Null if the row has no such column, or NULL in it. */
    public String text(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }
}
