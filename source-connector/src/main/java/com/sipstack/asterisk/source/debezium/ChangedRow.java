package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import com.sipstack.asterisk.source.debezium.TableChange.RowWritten;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * A row as its table has it now.
 *
 * @param position its id; null where the table has none, or one that is no number
 * @param columns by lower-case name, without the position; text or a number as the database source reads them, null for NULL
 */
record ChangedRow(Long position, Map<String, Object> columns) {
    private static final String ID = "id";
    /** What ExtractNewRecordState adds begins with it. */
    private static final String ADDED = "__";
    /** What PostgreSQL does not send: a long value, stored apart, that an update did not touch. */
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    static ChangedRow of(RowWritten change) {
        Map<String, Object> columns = columns(change);
        if (columns.get(ID) instanceof Number id) {
            columns.remove(ID);
            return new ChangedRow(id.longValue(), columns);
        }
        return new ChangedRow(null, columns);
    }

    /** @throws RowFormatException if a column was not sent; names it */
    void requireWhole() {
        List<String> unsent = columns.entrySet().stream()
                .filter(column -> UNAVAILABLE.equals(column.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unsent.isEmpty()) {
            throw new RowFormatException(
                    "PostgreSQL did not send " + unsent + " of an updated row: the table needs REPLICA IDENTITY FULL");
        }
    }

    /** The row as those know it who work on rows of tables. */
    TableRow asTableRow() {
        return new TableRow(position == null ? 0 : position, columns);
    }

    private static Map<String, Object> columns(RowWritten change) {
        RowKind kind = change.table().kind();
        List<Field> fields = change.row().schema().fields().stream()
                .filter(field -> !field.name().startsWith(ADDED))
                .toList();
        Set<String> names = fields.stream().map(ChangedRow::name).collect(Collectors.toUnmodifiableSet());
        Map<String, Object> columns = new LinkedHashMap<>();
        fields.forEach(field -> columns.put(kind.nameOf(name(field), names), value(change, field)));
        return columns;
    }

    private static String name(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private static Object value(RowWritten change, Field field) {
        Object value = read(change.row(), field);
        return UNAVAILABLE.equals(value) ? valueBefore(change.before(), field).orElse(UNAVAILABLE) : value;
    }

    private static Optional<Object> valueBefore(Optional<Struct> before, Field field) {
        return before.map(row -> read(row, field));
    }

    /** Without the column's default, which Connect would put in the place of a NULL. */
    private static Object read(Struct row, Field field) {
        return ChangedValue.read(field.schema(), row.getWithoutDefault(field.name()));
    }
}
