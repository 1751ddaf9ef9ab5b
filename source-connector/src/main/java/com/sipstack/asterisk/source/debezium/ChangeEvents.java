package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.database.AsteriskTable;
import com.sipstack.asterisk.source.debezium.TableChange.RowErased;
import com.sipstack.asterisk.source.debezium.TableChange.RowWritten;
import com.sipstack.asterisk.source.debezium.TableChange.TableEmptied;
import com.sipstack.asterisk.source.debezium.TableChange.Unreadable;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads Debezium's events, in their envelope or as ExtractNewRecordState leaves them. Immutable. */
final class ChangeEvents {
    /** Names of the schemas of heartbeats, schema changes, transactions, notifications and logical messages begin with it. */
    private static final String DEBEZIUMS_OWN = "io.debezium.connector.";

    private static final String VALUE_SCHEMA_SUFFIX = ".Value";
    private static final String DELETE = "d";
    private static final String TRUNCATE = "t";

    private final WatchedTables tables;

    ChangeEvents(WatchedTables tables) {
        this.tables = tables;
    }

    /** Empty if the event is not of a table of ours. */
    Optional<TableChange> read(SourceRecord event) {
        Schema schema = event.valueSchema();
        if (schema != null && schema.name() != null && schema.name().startsWith(DEBEZIUMS_OWN)) {
            return Optional.empty();
        }
        return event.value() instanceof Struct struct && isEnvelope(struct) ? enveloped(struct) : bare(event);
    }

    private static boolean isEnvelope(Struct value) {
        return Stream.of("op", "source", "after")
                .allMatch(field -> value.schema().field(field) != null);
    }

    private Optional<TableChange> enveloped(Struct envelope) {
        Struct source = envelope.getStruct("source");
        String path = Stream.of("db", "schema", "table")
                .map(field -> text(source, field))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return tables.find(path).map(table -> enveloped(envelope, table, text(source, "name")));
    }

    private static TableChange enveloped(Struct envelope, AsteriskTable table, String server) {
        Struct after = envelope.getStruct("after");
        if (after != null) {
            return new RowWritten(table, server, after, before(envelope));
        }
        return TRUNCATE.equals(text(envelope, "op")) ? new TableEmptied(table, server) : new RowErased(table, server);
    }

    private static Optional<Struct> before(Struct envelope) {
        return envelope.schema().field("before") == null
                ? Optional.empty()
                : Optional.ofNullable(envelope.getStruct("before"));
    }

    /** A tombstone, or a row without its envelope; the latter's schema names the table too, if the topic was changed. */
    private Optional<TableChange> bare(SourceRecord event) {
        return Stream.of(event.topic(), schemaPath(event.valueSchema()))
                .flatMap(path -> tables.find(path).map(table -> bare(event.value(), table, server(path))).stream())
                .findFirst();
    }

    private static TableChange bare(Object value, AsteriskTable table, String server) {
        if (value == null) {
            return new RowErased(table, server);
        }
        if (!(value instanceof Struct row)) {
            return new Unreadable(
                    table, server, "value is a " + value.getClass().getSimpleName() + " and no Struct");
        }
        if (DELETE.equals(text(row, "__op")) || "true".equals(text(row, "__deleted"))) {
            return new RowErased(table, server);
        }
        return TRUNCATE.equals(text(row, "__op"))
                ? new TableEmptied(table, server)
                : new RowWritten(table, server, row, Optional.empty());
    }

    private static String schemaPath(Schema schema) {
        String name = schema == null || schema.name() == null ? "" : schema.name();
        return name.endsWith(VALUE_SCHEMA_SUFFIX)
                ? name.substring(0, name.length() - VALUE_SCHEMA_SUFFIX.length())
                : "";
    }

    /** What stands before the database or schema and the table; the server's name may have dots of its own. */
    private static String server(String path) {
        int table = path.lastIndexOf('.');
        int database = path.lastIndexOf('.', table - 1);
        return path.substring(0, database < 0 ? table : database);
    }

    private static String text(Struct struct, String field) {
        Object value = struct.schema().field(field) == null ? null : struct.get(field);
        return value == null ? null : value.toString();
    }
}
