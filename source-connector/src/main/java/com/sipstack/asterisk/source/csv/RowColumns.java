package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.CsvLayout;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.database.RowKind;
import java.util.ArrayList;
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
    private Map<String, Integer> lastPlaces = Map.of();

    /** @param configured none if the records are to tell it */
    RowColumns(RowKind kind, List<String> configured) {
        this.kind = kind;
        this.configured = List.copyOf(configured);
    }

    /** Whether these are the columns' names themselves, which somebody wrote into the first line. */
    boolean isHeader(List<String> fields) {
        for (String field : fields) {
            if (UNIQUEID.equalsIgnoreCase(field)) {
                return CsvLayout.ofHeader(fields).isPresent();
            }
        }
        return false;
    }

    /**
     * The fields by their columns' names.
     *
     * @throws RowFormatException if there are no names for as many
     */
    Map<String, Object> name(List<String> fields) {
        Map<String, Integer> places = places(names(fields));
        Integer extra = places.get(EXTRA);
        // What 20.19 and newer write for a mapping that asks for the channel's extra, which it has not
        if (extra != null && fields.get(extra).equals(EXTRA)) {
            List<String> corrected = new ArrayList<>(fields);
            corrected.set(extra, "");
            return new NamedFields(places, corrected);
        }
        return new NamedFields(places, fields);
    }

    /** By the names that the kind's rows have, once for all records that have the same columns. */
    private Map<String, Integer> places(List<String> names) {
        if (!names.equals(lastNames)) {
            Set<String> all = Set.copyOf(names);
            lastNames = names;
            lastPlaces = NamedFields.places(
                    names.stream().map(name -> kind.nameOf(name, all)).toList());
        }
        return lastPlaces;
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
