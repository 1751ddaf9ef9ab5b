package com.sipstack.asterisk.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Turns one of our records into Connect's Struct, into plain columns, and back. Column names are the components' names in
 * snake_case; a nested record's components stand beside its owner's; what no component claims goes into the one that is a Map.
 * Immutable and safe for any thread.
 */
public final class RecordMapping<R extends Record> {
    private final RecordShape<R> shape;
    private final Schema schema;

    private RecordMapping(RecordShape<R> shape, Schema schema) {
        this.shape = shape;
        this.schema = schema;
    }

    static <R extends Record> RecordMapping<R> of(Class<R> type, String schemaName, int schemaVersion) {
        RecordShape<R> shape = RecordShape.of(type);
        SchemaBuilder builder = SchemaBuilder.struct().name(schemaName).version(schemaVersion);
        shape.forEachColumn((name, columnType) -> builder.field(name, columnType.schema()));
        return new RecordMapping<>(shape, builder.build());
    }

    public Schema schema() {
        return schema;
    }

    public RecordJson<R> json() {
        return new RecordJson<>(shape);
    }

    public Struct toStruct(R row) {
        Struct struct = new Struct(schema);
        shape.write(row, struct::put);
        return struct;
    }

    /**
     * Makes Structs of columns as {@code toStruct(fromColumns(…))} does, without a row in between.
     *
     * @param ours names of columns that are ours, whatever a table calls the same
     */
    public ColumnsToStruct columnsToStruct(String... ours) {
        return new ColumnsToStruct(shape, schema, List.of(ours));
    }

    /** The columns that are not null, in the schema's order. */
    public Map<String, Object> toColumns(R row) {
        Map<String, Object> columns = new LinkedHashMap<>();
        shape.write(row, (name, value) -> {
            if (value != null) {
                columns.put(name, value);
            }
        });
        return columns;
    }

    /**
     * @param columns values by column name: text, numbers or their text; unknown columns are kept as the row's custom ones
     * @throws RowFormatException if a value is not of its column's type; names column and type
     */
    public R fromColumns(Map<String, ?> columns) {
        return shape.read(columns);
    }

    /**
     * @param value what a Connect converter gives: a Struct, or a Map where there is no schema
     * @throws RowFormatException if it is neither, or a value is not of its column's type
     */
    public R fromConnect(Object value) {
        if (value instanceof Struct struct) {
            return fromStruct(struct);
        }
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // JSON objects and Connect maps of rows have text keys
            Map<String, ?> columns = (Map<String, ?>) map;
            return fromColumns(columns);
        }
        throw new RowFormatException(
                "value is " + (value == null ? "null" : "a " + value.getClass().getSimpleName())
                        + " and should be a structure with a row's columns");
    }

    private R fromStruct(Struct struct) {
        RecordShape<R>.Values values = shape.new Values();
        for (Field field : struct.schema().fields()) {
            values.put(field.name(), struct.get(field));
        }
        return values.toRecord();
    }
}
