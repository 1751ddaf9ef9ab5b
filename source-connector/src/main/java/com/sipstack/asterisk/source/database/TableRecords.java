package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.source.fleet.Gap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of one table. Each carries the offset that is right if it is the last one acknowledged. For one thread at a time. */
final class TableRecords {
    private static final Schema LETTER = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final Map<String, Object> partition;
    private final NodeWatch nodes;
    private final TableCounters counters;

    TableRecords(PbxConfig pbx, AsteriskTable table, TableCounters counters) {
        this.pbx = pbx;
        this.table = table;
        this.partition = new DatabaseSourcePartition(pbx.pbx(), table.name()).toMap();
        this.nodes = new NodeWatch("PBX " + pbx.pbx() + ", table " + table.name());
        this.counters = counters;
    }

    /**
     * The row's record, or its dead letter if it cannot be read as what it should be.
     *
     * @param offset beyond the row
     * @param clock tells the zone of the row's local time
     */
    SourceRecord row(TableRow row, DatabaseSourceOffset offset, RowClock clock) {
        return row(row, new RecordPlace(partition, offset.toMap(), table.origin(offset.epoch()), row.id()), clock);
    }

    /** The same for a row of any place. */
    SourceRecord row(TableRow row, RecordPlace place, RowClock clock) {
        if (table.kind() == RowKind.CEL && pbx.nodeFrom() instanceof NodeFrom.None) {
            nodes.observe(row);
        }
        try {
            String node = nodeOf(row);
            Provenance provenance = new Provenance(node, RowSource.DATABASE, place.origin(), place.position());
            Struct value = table.kind().toStruct(provenance, row, clock.zoneOf(row));
            return record(place, node, table.kind().topic(pbx.topics()), value.schema(), value);
        } catch (RowFormatException e) {
            return letter(row, place, e.getMessage());
        } catch (RuntimeException e) {
            return letter(row, place, e.toString()); // nobody foresaw it: the rows after this one are read all the same
        }
    }

    /**
     * Declares that what was written before an instant will not be read, and so keeps the place at which reading begins.
     *
     * @param offset before the first row
     */
    SourceRecord start(DatabaseSourceOffset offset, Instant to, String reason) {
        return start(partition, offset.toMap(), to, reason);
    }

    /** The same with an offset of any kind. */
    SourceRecord start(Map<String, Object> ofWhat, Map<String, Object> offset, Instant to, String reason) {
        return gap(new RecordPlace(ofWhat, offset, table.name(), null), Optional.empty(), to, reason);
    }

    /**
     * Declares that rows are no longer waited for, and so keeps that they are not.
     *
     * @param offset that waits for them no more
     * @param from before it, by the PBX's time, none of them was raised; empty if that is not known
     * @param to after it none was
     */
    SourceRecord gap(DatabaseSourceOffset offset, Optional<Instant> from, Instant to, String reason) {
        return gap(new RecordPlace(partition, offset.toMap(), table.origin(offset.epoch()), null), from, to, reason);
    }

    private SourceRecord gap(RecordPlace place, Optional<Instant> from, Instant to, String reason) {
        Gap gap = new Gap(pbx.pbx(), from, to, reason, place.origin());
        return record(place, pbx.pbx(), pbx.topics().gaps(), Gap.SCHEMA, gap.toStruct());
    }

    private SourceRecord letter(TableRow row, RecordPlace place, String reason) {
        Map<String, String> columns = new LinkedHashMap<>();
        row.columns().keySet().forEach(name -> columns.put(name, row.text(name)));
        SourceRecord letter = record(place, nodeOf(row), pbx.topics().dlq(), LETTER, columns);
        DeadLetter.ofSource(reason, nodeOf(row), place.origin(), place.position())
                .toHeaders()
                .forEach(letter.headers()::addString);
        counters.letterWritten();
        return letter;
    }

    private String nodeOf(TableRow row) {
        return pbx.nodeFrom().pbxOf(pbx.pbx(), row);
    }

    private SourceRecord record(RecordPlace place, String key, String topic, Schema schema, Object value) {
        return new SourceRecord(
                place.partition(), place.offset(), topic, null, Schema.STRING_SCHEMA, key, schema, value);
    }
}
