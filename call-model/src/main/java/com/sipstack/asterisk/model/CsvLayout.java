package com.sipstack.asterisk.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a record in one of Asterisk's CSV files, which have no header: cel_custom, cdr-csv and cdr_custom. How many fields
 * there are and where a time stands tells which file it is; the files' mappings are those of Asterisk's samples.
 *
 * @param columns their names, in the order of the fields
 */
public record CsvLayout(Table table, List<String> columns) {
    /** What a record is. */
    public enum Table {
        CDR,
        CEL
    }

    /** {@code cel_custom.conf}: all mappings begin alike; the last columns depend on their number. */
    private static final List<String> CEL_CUSTOM = names(
            "eventtype eventtime cid_name cid_num cid_ani cid_rdnis cid_dnid exten context channame appname appdata amaflags"
                    + " accountcode uniqueid linkedid peer");

    private static final List<String> EXTRA = names("userdeftype extra");
    /** As Asterisk's sample has it. */
    private static final List<String> USERFIELD_AND_EXTRA = names("userfield userdeftype extra");

    /** {@code cdr_csv.c}: what follows depends on {@code loguniqueid}, {@code loguserfield} and {@code newcdrcolumns}. */
    private static final List<String> CDR_CSV = names(
            "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec disposition"
                    + " amaflags");

    private static final List<String> NEW_CDR_COLUMNS = names("peeraccount linkedid sequence");

    /** {@code cdr_custom.conf.sample}. */
    private static final List<String> CDR_CUSTOM = names(
            "clid src dst dcontext channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags"
                    + " accountcode uniqueid userfield sequence");

    public CsvLayout {
        columns = List.copyOf(columns);
    }

    /** The layout of a record; empty if it is none of Asterisk's. */
    public static Optional<CsvLayout> of(List<String> fields) {
        if (hasLocalTime(fields, CDR_CUSTOM.indexOf("start"))) {
            return Optional.of(new CsvLayout(Table.CDR, CDR_CUSTOM)).filter(layout -> layout.fits(fields));
        } else if (hasLocalTime(fields, CDR_CSV.indexOf("start"))) {
            return cdrCsv(fields);
        } else if (time(fields, CEL_CUSTOM.indexOf("eventtime")).isPresent()) {
            return celCustom(fields.size());
        }
        return Optional.empty();
    }

    /** The layout that a first line with the columns' names tells; empty if it is none. */
    public static Optional<CsvLayout> ofHeader(List<String> fields) {
        List<String> names = fields.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        boolean isEvents = names.contains("eventtype");
        boolean isLegs = names.contains("dcontext") || names.contains("disposition");
        return names.contains("uniqueid") && (isEvents || isLegs)
                ? Optional.of(new CsvLayout(isEvents ? Table.CEL : Table.CDR, names))
                : Optional.empty();
    }

    public boolean fits(List<String> fields) {
        return fields.size() == columns.size();
    }

    /** @param fields as many as there are columns */
    public Map<String, String> read(List<String> fields) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), fields.get(i));
        }
        return row;
    }

    private static Optional<CsvLayout> celCustom(int size) {
        List<String> tail = size == CEL_CUSTOM.size() + USERFIELD_AND_EXTRA.size() ? USERFIELD_AND_EXTRA : EXTRA;
        int missing = CEL_CUSTOM.size() + tail.size() - size;
        return missing >= 0 && missing <= tail.size()
                ? Optional.of(new CsvLayout(Table.CEL, join(CEL_CUSTOM, tail.subList(0, tail.size() - missing))))
                : Optional.empty();
    }

    private static Optional<CsvLayout> cdrCsv(List<String> fields) {
        int more = fields.size() - CDR_CSV.size();
        boolean hasNew = more >= NEW_CDR_COLUMNS.size();
        List<String> tail = idAndUserfield(hasNew ? more - NEW_CDR_COLUMNS.size() : more, fields);
        return Optional.of(new CsvLayout(Table.CDR, join(join(CDR_CSV, tail), hasNew ? NEW_CDR_COLUMNS : List.of())))
                .filter(layout -> layout.fits(fields));
    }

    /** Of a single column it is the content that tells which one it is. */
    private static List<String> idAndUserfield(int columns, List<String> fields) {
        if (columns == 1) {
            boolean isId = UniqueId.parse(fields.get(CDR_CSV.size())).isPresent();
            return List.of(isId ? "uniqueid" : "userfield");
        }
        return columns == 2 ? List.of("uniqueid", "userfield") : List.of();
    }

    /** An epoch looks like a number that somebody dialled. */
    private static boolean hasLocalTime(List<String> fields, int index) {
        return time(fields, index).filter(WrittenTime.Local.class::isInstance).isPresent();
    }

    private static Optional<WrittenTime> time(List<String> fields, int index) {
        return index < fields.size() ? WrittenTime.parse(fields.get(index)) : Optional.empty();
    }

    private static List<String> names(String text) {
        return List.of(text.split(" ", -1));
    }

    private static List<String> join(List<String> head, List<String> tail) {
        List<String> all = new ArrayList<>(head);
        all.addAll(tail);
        return all;
    }
}
