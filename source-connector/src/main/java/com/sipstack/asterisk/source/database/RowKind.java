package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RecordMapping;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.model.WrittenTime;
import com.sipstack.asterisk.source.fleet.Setting;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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

        @Override
        Struct toStruct(Map<String, Object> columns) {
            return Recording.MAPPING.toStruct(Recording.MAPPING.fromColumns(RecordingColumns.read(columns)));
        }
    };

    /** Some name the start of a leg as cdr-csv does. */
    private static final ColumnAliases AS_CDR_CSV = new ColumnAliases(Map.of("calldate", List.of("start")));

    private static final ColumnAliases NO_ALIASES = new ColumnAliases(Map.of());
    private static final String CUSTOM = "custom";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    @SuppressWarnings("ImmutableEnumChecker") // mappings are immutable
    private final RecordMapping<? extends Record> mapping;

    private final String timeColumn;
    private final String utcColumn;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> neededColumns;

    /** Ours: a column of a table that is called the same is kept as a custom one. */
    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> ownColumns;

    RowKind(RecordMapping<? extends Record> mapping, String timeColumn, String utcColumn, List<String> neededColumns) {
        this.mapping = mapping;
        this.timeColumn = timeColumn;
        this.utcColumn = utcColumn;
        this.neededColumns = neededColumns;
        this.ownColumns = Set.of("pbx", "source", "origin", "position", utcColumn, CUSTOM);
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
        Map<String, Object> columns = new LinkedHashMap<>(2 * (row.columns().size() + ownColumns.size()));
        Map<String, Object> namesakes = new LinkedHashMap<>();
        row.columns().forEach((name, value) -> (ownColumns.contains(name) ? namesakes : columns).put(name, value));
        columns.put("pbx", provenance.pbx());
        columns.put("source", provenance.source());
        columns.put("origin", provenance.origin());
        columns.put("position", provenance.position());
        columns.put(utcColumn, utcMicros(row, zone));
        columns.put(CUSTOM, namesakes);
        return toStruct(columns);
    }

    /** @param columns the row's, and ours */
    Struct toStruct(Map<String, Object> columns) {
        return toStruct(mapping, columns);
    }

    private Long utcMicros(TableRow row, ZoneId zone) {
        return WrittenTime.parse(row.text(timeColumn))
                .map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time.in(zone)))
                .orElse(null);
    }

    private static <R extends Record> Struct toStruct(RecordMapping<R> mapping, Map<String, Object> columns) {
        R row = mapping.fromColumns(columns);
        ((Row) row).callKey();
        return mapping.toStruct(row);
    }
}
