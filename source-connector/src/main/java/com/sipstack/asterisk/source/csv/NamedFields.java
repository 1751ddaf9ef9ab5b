package com.sipstack.asterisk.source.csv;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A record's fields by their columns' names. Their places are the same for all records of a file: a map for each would cost more. */
final class NamedFields extends AbstractMap<String, Object> {
    private final Map<String, Integer> places;
    private final List<String> fields;

    /**
     * Takes both as they are, and neither may change.
     *
     * @param places of the columns' fields
     */
    NamedFields(Map<String, Integer> places, List<String> fields) {
        this.places = places;
        this.fields = fields;
    }

    /** The places of columns in their order; the last of several equal ones counts. */
    static Map<String, Integer> places(List<String> columns) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i), i);
        }
        return places;
    }

    @Override
    public Object get(Object column) {
        Integer place = places.get(column);
        return place == null ? null : fields.get(place);
    }

    @Override
    public boolean containsKey(Object column) {
        return places.containsKey(column);
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new LinkedHashMap<>();
        places.forEach((column, place) -> entries.put(column, fields.get(place)));
        return entries.entrySet();
    }
}
