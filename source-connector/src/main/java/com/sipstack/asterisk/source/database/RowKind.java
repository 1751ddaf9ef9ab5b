package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.ColumnsToStruct;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RecordMapping;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.model.WrittenTime;
import com.sipstack.asterisk.source.fleet.Setting;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Struct;

/** The kinds of rows that Asterisk, or what a dialplan calls, writes. */
public enum RowKind {
    CDR(Cdr.MAPPING, "calldate", "start_time", List.of("uniqueid", "channel", "disposition", "calldate")) {
        @Override
        public String topic(Topics topics) {
            return topics.cdr();
        }

        @Override
        Setting setting() {
            return DatabaseSettings.CDR_TABLES;
        }

        @Override
        ColumnAliases aliases() {
            return AS_CDR_CSV;
        }
    },
    CEL(Cel.MAPPING, "eventtime", "event_time", List.of("uniqueid", "eventtype", "eventtime", "channame")) {
        @Override
        public String topic(Topics topics) {
            return topics.cel();
        }

        @Override
        Setting setting() {
            return DatabaseSettings.CEL_TABLES;
        }
    },
    RECORDING(Recording.MAPPING, "calldate", "start_time", List.of()) {
        @Override
        public String topic(Topics topics) {
            return topics.recordings();
        }

        @Override
        Setting setting() {
            return DatabaseSettings.RECORDING_TABLES;
        }

        @Override
        ColumnAliases aliases() {
            return RecordingColumns.ALIASES;
        }

        @Override
        List<String> missing(Set<String> columns) {
            return columns.contains(RecordingColumns.FILE_NAME) || columns.contains(RecordingColumns.FILE_PATH)
                    ? List.of()
                    : List.of(RecordingColumns.FILE_NAME);
        }

        /** Its columns have many names, and it need not tell its call. */
        @Override
        Struct toStruct(Map<String, Object> columns, Object... ours) {
            return structs().apply(RecordingColumns.read(columns), ours);
        }
    };

    /** Some name the start of a leg as cdr-csv does. */
    private static final ColumnAliases AS_CDR_CSV = new ColumnAliases(Map.of("calldate", List.of("start")));

    private static final ColumnAliases NO_ALIASES = new ColumnAliases(Map.of());
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    @SuppressWarnings("ImmutableEnumChecker") // immutable once it is made
    private final ColumnsToStruct structs;

    private final String timeColumn;
    private final String utcColumn;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> neededColumns;

    RowKind(RecordMapping<? extends Record> mapping, String timeColumn, String utcColumn, List<String> neededColumns) {
        this.structs = mapping.columnsToStruct("pbx", "source", "origin", "position", utcColumn);
        this.timeColumn = timeColumn;
        this.utcColumn = utcColumn;
        this.neededColumns = neededColumns;
    }

    public abstract String topic(Topics topics);

    /** The setting that names the tables of this kind. */
    abstract Setting setting();

    ColumnAliases aliases() {
        return NO_ALIASES;
    }

    /** The column with the moment of the event, or of the start of leg or recording, as it was written. */
    public String timeColumn() {
        return timeColumn;
    }

    /** The column that we add: the same moment as UTC microseconds. */
    public String utcColumn() {
        return utcColumn;
    }

    /** The columns without which a table of this kind cannot be read and that are not among the given ones. */
    List<String> missing(Set<String> columns) {
        return neededColumns.stream()
                .filter(needed -> !columns.contains(needed))
                .toList();
    }

    /** The name of a column of a table among all of the table's, where others give it another name than Asterisk. */
    public String nameOf(String column, Set<String> columns) {
        return aliases().nameOf(column, columns);
    }

    /** Whether a row is written when what began at its time is over. */
    boolean isWrittenAtEnd() {
        return this != CEL;
    }

    /** The whole seconds from a row's time to the end of what it is about; 0 if there are none, or no number tells them. */
    long seconds(TableRow row) {
        String duration = this == RECORDING ? row.text(RecordingColumns.DURATION) : row.text("duration");
        return isWrittenAtEnd() && duration != null && SECONDS.matcher(duration).matches()
                ? new BigDecimal(duration).longValue()
                : 0;
    }

    /**
     * The row as a record has it.
     *
     * @param row as it was written
     * @param zone of its local time
     * @throws RowFormatException if a value is not of its column's type, or the row says of no call that it belongs to it
     */
    public Struct toStruct(Provenance provenance, TableRow row, ZoneId zone) {
        return toStruct(
                row.columns(),
                provenance.pbx(),
                provenance.source(),
                provenance.origin(),
                provenance.position(),
                utcMicros(row, zone));
    }

    ColumnsToStruct structs() {
        return structs;
    }

    /** @param ours values of our columns */
    Struct toStruct(Map<String, Object> columns, Object... ours) {
        Struct struct = structs.apply(columns, ours);
        Row.callOf(struct.getString("linkedid"), struct.getString("uniqueid"));
        return struct;
    }

    private Long utcMicros(TableRow row, ZoneId zone) {
        return WrittenTime.parse(row.text(timeColumn))
                .map(time -> WrittenTime.micros(time.in(zone)))
                .orElse(null);
    }
}
