package com.sipstack.asterisk.source.database;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Other names that tables give to columns that we know.
 *
 * @param names of each of our names, the others, those first that are taken first
 */
record ColumnAliases(Map<String, List<String>> names) {
    ColumnAliases {
        names = Map.copyOf(names);
    }

    /** Our name of a column among all of a table's; its own if we have none, or another column of the table is nearer to it. */
    String nameOf(String column, Set<String> columns) {
        return names.entrySet().stream()
                .filter(known -> isTaken(known.getKey(), known.getValue(), column, columns))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(column);
    }

    private static boolean isTaken(String known, List<String> others, String column, Set<String> columns) {
        return Stream.concat(Stream.of(known), others.stream())
                .filter(columns::contains)
                .findFirst()
                .filter(column::equals)
                .isPresent();
    }
}
