package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import com.sipstack.asterisk.source.fleet.Gap;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of one followed file. Each carries the offset that is right if it is the last one acknowledged. Immutable. */
final class CsvRecords {
    private final PbxFilesConfig pbx;
    private final RowKind kind;
    private final Path path;
    private final Map<String, Object> partition;

    CsvRecords(PbxFilesConfig pbx, RowKind kind, Path path) {
        this.pbx = pbx;
        this.kind = kind;
        this.path = path;
        this.partition = new CsvSourcePartition(pbx.pbx(), path.toString()).toMap();
    }

    /**
     * A row's record.
     *
     * @param row its id is the position at which it begins
     * @param beyond its offset
     * @throws RowFormatException if it cannot be read as what it should be
     */
    SourceRecord row(TableRow row, CsvSourceOffset beyond, ZoneId zone) {
        Provenance provenance = new Provenance(pbx.pbx(), RowSource.CSV, origin(beyond), row.id());
        Struct value = kind.toStruct(provenance, row, zone);
        return record(beyond, kind.topic(pbx.topics()), value.schema(), value);
    }

    /** The dead letter of bytes that cannot be read. */
    SourceRecord letter(byte[] raw, long position, CsvSourceOffset beyond, String reason) {
        SourceRecord letter = record(beyond, pbx.topics().dlq(), Schema.BYTES_SCHEMA, raw);
        DeadLetter.ofSource(reason, pbx.pbx(), origin(beyond), position)
                .toHeaders()
                .forEach(letter.headers()::addString);
        return letter;
    }

    /** Declares that what was written before an instant will not be read, and so keeps the place at which reading begins. */
    SourceRecord gap(CsvSourceOffset offset, Gap gap) {
        return record(offset, pbx.topics().gaps(), Gap.SCHEMA, gap.toStruct());
    }

    /** The path is for a person; what tells a file from others is its beginning. */
    private String origin(CsvSourceOffset offset) {
        String file = offset.file().map(CsvSourceOffset.Identity::hash).orElse("");
        return path + "#" + file + (offset.epoch() == 0 ? "" : "." + offset.epoch());
    }

    private SourceRecord record(CsvSourceOffset offset, String topic, Schema schema, Object value) {
        return new SourceRecord(partition, offset.toMap(), topic, null, Schema.STRING_SCHEMA, pbx.pbx(), schema, value);
    }
}
