package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.RecordMapping;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/** The two kinds of rows that Asterisk writes. */
public enum RowKind {
    CDR(Cdr.MAPPING, "calldate", "start_time", List.of("id", "uniqueid", "channel", "disposition", "calldate")) {
        @Override
        public String topic(Topics topics) {
            return topics.cdr();
        }

        @Override
        Setting setting() {
            return DatabaseSettings.CDR_TABLES;
        }
    },
    CEL(Cel.MAPPING, "eventtime", "event_time", List.of("id", "uniqueid", "eventtype", "eventtime", "channame")) {
        @Override
        public String topic(Topics topics) {
            return topics.cel();
        }

        @Override
        Setting setting() {
            return DatabaseSettings.CEL_TABLES;
        }
    };

    /** Some name the start of a leg as cdr-csv does. */
    private static final Map<String, String> OTHER_NAMES = Map.of("start", "calldate");

    @SuppressWarnings("ImmutableEnumChecker") // mappings are immutable
    private final RecordMapping<? extends Record> mapping;

    private final String timeColumn;
    private final String utcColumn;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> neededColumns;

    RowKind(RecordMapping<? extends Record> mapping, String timeColumn, String utcColumn, List<String> neededColumns) {
        this.mapping = mapping;
        this.timeColumn = timeColumn;
        this.utcColumn = utcColumn;
        this.neededColumns = neededColumns;
    }

    public abstract String topic(Topics topics);

    /** The setting that names the tables of this kind. */
    abstract Setting setting();

    /** The column with the moment of the event or the leg's start, as the PBX wrote it. */
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
        String known = this == CDR ? OTHER_NAMES.getOrDefault(column, column) : column;
        return columns.contains(known) ? column : known;
    }

    Stream<String> mappedColumns() {
        return mapping.schema().fields().stream().map(field -> field.name());
    }

    /**
     * @param columns the row's, and ours
     * @throws RowFormatException if a value is not of its column's type, or the row says of no call that it belongs to it
     */
    public Struct toStruct(Map<String, Object> columns) {
        return toStruct(mapping, columns);
    }

    private static <R extends Record> Struct toStruct(RecordMapping<R> mapping, Map<String, Object> columns) {
        R row = mapping.fromColumns(columns);
        ((Row) row).callKey();
        return mapping.toStruct(row);
    }
}
