package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.source.database.AsteriskTable;
import com.sipstack.asterisk.source.database.RowClock;
import com.sipstack.asterisk.source.database.TableRow;
import com.sipstack.asterisk.source.database.ZoneInference;
import com.sipstack.asterisk.source.debezium.TableChange.RowWritten;
import com.sipstack.asterisk.source.debezium.TableChange.Unreadable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes our records out of rows. Knows the zones of the tables that it saw rows of; for one thread. */
final class RowRecords {
    private static final Schema LETTER = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final AsteriskRowConfig config;
    private final Map<String, RowClock> clocks = new HashMap<>();
    private final Clock clock = Clock.systemUTC();

    RowRecords(AsteriskRowConfig config) {
        this.config = config;
    }

    /** The row's record, or its dead letter if it cannot be read as what it should be. */
    SourceRecord row(SourceRecord event, RowWritten change) {
        try {
            ChangedRow row = ChangedRow.of(change);
            return row(event, change, row);
        } catch (DataException | DateTimeException | ArithmeticException e) {
            return letter(
                    event,
                    change,
                    null,
                    e.toString(),
                    Map.of("value", change.row().toString()));
        }
    }

    SourceRecord unreadable(SourceRecord event, Unreadable change) {
        return letter(
                event,
                change,
                null,
                change.reason(),
                Map.of("value", event.value().toString()));
    }

    private SourceRecord row(SourceRecord event, RowWritten change, ChangedRow row) {
        try {
            row.requireWhole();
            String pbx = requirePbx(change);
            AsteriskTable table = change.table();
            Provenance provenance = new Provenance(pbx, RowSource.CDC, table.origin(config.epoch()), row.position());
            ZoneId zone = zone(pbx, table, row.asTableRow());
            Struct value = table.kind().toStruct(provenance, row.asTableRow(), zone);
            return record(event, table.kind().topic(config.topics()), pbx, value.schema(), value);
        } catch (RowFormatException e) {
            return letter(event, change, row.position(), e.getMessage(), texts(row));
        }
    }

    private ZoneId zone(String pbx, AsteriskTable table, TableRow row) {
        String label = "PBX " + pbx + ", table " + table.name();
        return clocks.computeIfAbsent(label, key -> rowClock(key, table)).zoneOf(row);
    }

    private RowClock rowClock(String label, AsteriskTable table) {
        ZoneInference inference = new ZoneInference(label, table.kind(), config.zone(), clock);
        return new RowClock(inference, table.kind(), clock);
    }

    private String requirePbx(TableChange change) {
        String pbx = pbx(change);
        if (!Pbx.isName(pbx)) {
            throw new RowFormatException(
                    "topic prefix '" + pbx + "' is taken for the PBX's name, which must be " + Pbx.NAME_RULE);
        }
        return pbx;
    }

    private String pbx(TableChange change) {
        return config.pbx().orElse(change.server());
    }

    private static Map<String, String> texts(ChangedRow row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.columns().keySet().forEach(name -> texts.put(name, row.asTableRow().text(name)));
        return texts;
    }

    private SourceRecord letter(
            SourceRecord event, TableChange change, Long position, String reason, Map<String, String> value) {
        String pbx = pbx(change);
        SourceRecord letter = record(event, config.topics().dlq(), pbx, LETTER, value);
        DeadLetter.ofSource(reason, pbx, change.table().origin(config.epoch()), position)
                .toHeaders()
                .forEach(letter.headers()::addString);
        return letter;
    }

    /** Carries the event's own offset, and no timestamp: a record's is when it is written. */
    private static SourceRecord record(SourceRecord event, String topic, String key, Schema schema, Object value) {
        return event.newRecord(topic, null, Schema.STRING_SCHEMA, key, schema, value, null);
    }
}
