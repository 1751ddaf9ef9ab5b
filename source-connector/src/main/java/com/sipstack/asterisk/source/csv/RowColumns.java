package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.CsvLayout;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.database.RowKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names the fields of a file's records: as configured, or as their number and the place of a time tell. For one thread. */
final class RowColumns {
    private static final String EXTRA = "extra";
    private static final String UNIQUEID = "uniqueid";

    private final RowKind kind;
    private final List<String> configured;
    /** Of the last record; null before the first. */
    private CsvLayout last;

    private List<String> lastNames = List.of();
    private List<String> lastRenamed = List.of();

    /** @param configured none if the records are to tell it */
    RowColumns(RowKind kind, List<String> configured) {
        this.kind = kind;
        this.configured = List.copyOf(configured);
    }

    /** Whether these are the columns' names themselves, which somebody wrote into the first line. */
    boolean isHeader(List<String> fields) {
        return fields.stream().anyMatch(UNIQUEID::equalsIgnoreCase)
                && CsvLayout.ofHeader(fields).isPresent();
    }

    /**
     * The fields by their columns' names.
     *
     * @throws RowFormatException if there are no names for as many
     */
    Map<String, Object> name(List<String> fields) {
        List<String> names = renamed(names(fields));
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), fields.get(i));
        }
        // What 20.19 and newer write for a mapping that asks for the channel's extra, which it has not
        columns.replace(EXTRA, EXTRA, "");
        return columns;
    }

    /** By the names that the kind's rows have, once for all records that have the same columns. */
    private List<String> renamed(List<String> names) {
        if (!names.equals(lastNames)) {
            Set<String> all = Set.copyOf(names);
            lastNames = names;
            lastRenamed = names.stream().map(name -> kind.nameOf(name, all)).toList();
        }
        return lastRenamed;
    }

    private List<String> names(List<String> fields) {
        if (configured.isEmpty()) {
            return layout(fields).columns();
        }
        if (configured.size() != fields.size()) {
            throw new RowFormatException(
                    "record has " + fields.size() + " fields where " + configured.size() + " columns are configured");
        }
        return configured;
    }

    private CsvLayout layout(List<String> fields) {
        if (last == null || !last.fits(fields)) {
            last = Optional.of(fields)
                    .flatMap(CsvLayout::of)
                    .filter(layout -> layout.table().name().equals(kind.name()))
                    .orElseThrow(() -> new RowFormatException("record has " + fields.size()
                            + " fields, which is no form of " + kind + " that Asterisk writes"));
        }
        return last;
    }
}
