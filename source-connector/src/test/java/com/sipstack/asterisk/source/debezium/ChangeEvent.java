package com.sipstack.asterisk.source.debezium;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Events as Debezium writes them, of a server that is called east. */
final class ChangeEvent {
    static final Map<String, String> PARTITION = Map.of("server", "east");
    static final Map<String, Long> OFFSET = Map.of("lsn", 4711L);

    /** A table with an id, of each kind the columns that matter, and one of its owner's own. */
    private static final SchemaBuilder CEL_COLUMNS = SchemaBuilder.struct()
            .name("east.public.cel.Value")
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("eventtype", Schema.STRING_SCHEMA)
            .field(
                    "eventtime",
                    SchemaBuilder.int64()
                            .name("io.debezium.time.MicroTimestamp")
                            .build())
            .field("uniqueid", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "linkedid",
                    SchemaBuilder.string().optional().defaultValue("of the DDL").build())
            .field("extra", Schema.OPTIONAL_STRING_SCHEMA)
            .field("site", Schema.OPTIONAL_STRING_SCHEMA)
            .field("position", Schema.OPTIONAL_STRING_SCHEMA);

    private static final Schema CEL = CEL_COLUMNS.build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.OPTIONAL_STRING_SCHEMA)
            .field("table", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private ChangeEvent() {}

    /** The start of a channel at 2026-11-21 18:54:48.5, Toronto's time. */
    static Struct chanStart() {
        return new Struct(CEL)
                .put("id", 7)
                .put("eventtype", "CHAN_START")
                .put("eventtime", 1795287288_500000L)
                .put("uniqueid", "1795305288.0")
                .put("linkedid", "1795305288.0")
                .put("extra", "");
    }

    static SourceRecord enveloped(String op, Struct before, Struct after) {
        return enveloped(op, before, after, "cel");
    }

    static SourceRecord enveloped(String op, Struct before, Struct after, String table) {
        Schema schema = SchemaBuilder.struct()
                .name("east.public." + table + ".Envelope")
                .field("before", CEL)
                .field("after", CEL)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .build();
        Struct source = new Struct(SOURCE)
                .put("name", "east")
                .put("db", "asterisk")
                .put("schema", "public")
                .put("table", table);
        Struct value = new Struct(schema)
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("op", op);
        return record("east.public." + table, schema, value);
    }

    /** As ExtractNewRecordState leaves it. */
    static SourceRecord bare(Struct row) {
        return record("east.public.cel", row.schema(), row);
    }

    /** The row with a field more, which is no column. */
    static Struct with(Struct row, String field, String value) {
        SchemaBuilder builder = SchemaBuilder.struct().name(row.schema().name());
        row.schema().fields().forEach(column -> builder.field(column.name(), column.schema()));
        Struct more =
                new Struct(builder.field(field, Schema.OPTIONAL_STRING_SCHEMA).build()).put(field, value);
        row.schema().fields().forEach(column -> more.put(column.name(), row.getWithoutDefault(column.name())));
        return more;
    }

    static SourceRecord record(String topic, Schema schema, Object value) {
        return new SourceRecord(PARTITION, OFFSET, topic, null, null, null, schema, value);
    }
}
