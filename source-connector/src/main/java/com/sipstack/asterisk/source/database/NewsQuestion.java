package com.sipstack.asterisk.source.database;

import java.util.ArrayList;
import java.util.List;

/**
 * One question for the newest ids of tables, and whether rows of their gaps came.
 *
 * @param ends of the tables
 * @param quiet the answer, NULL as 0, if nothing is new
 */
record NewsQuestion(List<BatchReader.End> ends, String sql, List<Long> quiet) {
    static NewsQuestion of(List<BatchReader.End> ends, Dialect dialect) {
        List<String> questions = new ArrayList<>();
        List<Long> quiet = new ArrayList<>();
        for (BatchReader.End end : ends) {
            String table = dialect.quoted(end.table().name());
            questions.add("(SELECT MAX(id) FROM " + table + ")");
            quiet.add(end.id());
            if (!end.gaps().isEmpty()) {
                questions.add("(SELECT MIN(id) FROM " + table + " WHERE " + IdGap.condition(end.gaps()) + ")");
                quiet.add(0L);
            }
        }
        return new NewsQuestion(ends, "SELECT " + String.join(", ", questions), quiet);
    }
}
