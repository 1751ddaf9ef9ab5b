package com.sipstack.asterisk.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Makes a kind of row's Structs of a table's columns and some of our own. Immutable and safe for any thread. */
public final class ColumnsToStruct {
    private final Schema schema;
    private final List<Target> theirs = new ArrayList<>();
    private final List<Target> ours = new ArrayList<>();
    /** Has what no other column claims; null if the kind of row has none. */
    private Field rest;

    private record Target(Field field, ColumnType type) {
        void put(Struct struct, Object value) {
            struct.put(field, type.toConnect(type.fromConnect(field.name(), value)));
        }
    }

    /** @param ours names of our columns: what a table calls the same is kept as a custom one */
    ColumnsToStruct(RecordShape<?> shape, Schema schema, List<String> ours) {
        this.schema = schema;
        shape.forEachColumn((name, type) -> {
            if (type == ColumnType.REST) {
                rest = schema.field(name);
            } else if (!ours.contains(name)) {
                theirs.add(new Target(schema.field(name), type));
            }
        });
        shape.forEachColumn((name, type) -> {
            if (ours.contains(name)) {
                this.ours.add(new Target(schema.field(name), type));
            }
        });
        this.ours.sort((one, other) -> Integer.compare(
                ours.indexOf(one.field().name()), ours.indexOf(other.field().name())));
    }

    /**
     * The Struct of a row.
     *
     * @param columns as for {@link RecordMapping#fromColumns}
     * @param values of our columns, in their order; null for none
     * @throws RowFormatException if a value is not of its column's type; names column and type
     */
    public Struct apply(Map<String, ?> columns, Object... values) {
        Struct struct = new Struct(schema);
        for (int i = 0; i < values.length; i++) {
            ours.get(i).put(struct, values[i]);
        }
        int claimed = 0;
        for (Target target : theirs) {
            Object value = columns.get(target.field().name());
            if (value != null) {
                target.put(struct, value);
            }
            if (value != null || columns.containsKey(target.field().name())) {
                claimed++;
            }
        }
        if (claimed < columns.size()) {
            putUnclaimed(struct, columns);
        }
        return struct;
    }

    private void putUnclaimed(Struct struct, Map<String, ?> columns) {
        Map<String, Object> left = new LinkedHashMap<>(columns);
        theirs.forEach(target -> left.remove(target.field().name()));
        Map<String, String> texts = new LinkedHashMap<>();
        left.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, value.toString());
            }
        });
        if (!texts.isEmpty()) {
            struct.put(rest, texts);
        }
    }
}
