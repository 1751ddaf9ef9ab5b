package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.database.AsteriskTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tables whose changes are rows of ours. A name without a schema stands for that table in any database and schema that the
 * connector captures. Immutable.
 */
final class WatchedTables {
    private final List<AsteriskTable> longestNameFirst;

    WatchedTables(List<AsteriskTable> tables) {
        longestNameFirst = tables.stream()
                .sorted(Comparator.comparingInt(
                                (AsteriskTable table) -> table.name().length())
                        .reversed())
                .toList();
    }

    /** @param path ends with a dot and the table's name, as topics' names do, or is nothing of ours */
    Optional<AsteriskTable> find(String path) {
        String topic = topicName(path);
        return longestNameFirst.stream()
                .filter(table -> topic.endsWith("." + topicName(table.name())))
                .findFirst();
    }

    /** Debezium replaces what no topic's name may hold. */
    private static String topicName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
