package com.sipstack.asterisk.source.database;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One question for the newest ids of tables, and for the first row of each that has gaps which came since.
 *
 * @param ends of the tables
 */
record NewsQuestion(List<BatchReader.End> ends, String sql) {
    static NewsQuestion of(List<BatchReader.End> ends, Dialect dialect) {
        List<String> questions = new ArrayList<>();
        for (BatchReader.End end : ends) {
            String table = dialect.quoted(end.table().name());
            questions.add("(SELECT MAX(id) FROM " + table + ")");
            if (!end.gaps().isEmpty()) {
                questions.add("(SELECT MIN(id) FROM " + table + " WHERE " + IdGap.condition(end.gaps()) + ")");
            }
        }
        return new NewsQuestion(ends, "SELECT " + String.join(", ", questions));
    }

    /**
     * The tables of which nothing is new.
     *
     * @param answer the only row's columns, 0 for NULL
     */
    Set<AsteriskTable> ended(List<Long> answer) {
        Set<AsteriskTable> ended = new HashSet<>();
        int column = 0;
        for (BatchReader.End end : ends) {
            boolean isSame = answer.get(column++) == end.id();
            boolean isGapOpen = end.gaps().isEmpty() || answer.get(column++) == 0;
            if (isSame && isGapOpen) {
                ended.add(end.table());
            }
        }
        return ended;
    }
}
