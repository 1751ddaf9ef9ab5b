package com.sipstack.asterisk.source.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A row of a keyless table.
 *
 * @param hash of all that it says
 * @param twin its number among rows that say the very same, from 1
 * @param second its time on the table's scale; empty if it cannot be read
 * @param end the time at which it was raised: its own, or that of the end of what it is about; empty if the time is
 */
record KeylessRow(TableRow row, long hash, int twin, OptionalLong second, OptionalLong end) {
    /** @param page in which the rows of one time are complete */
    static List<KeylessRow> of(List<TableRow> page, RowKind kind) {
        Map<Long, Integer> twins = new HashMap<>();
        List<KeylessRow> rows = new ArrayList<>(page.size());
        for (TableRow row : page) {
            long hash = RowHash.of(row);
            OptionalLong second = TimeForm.second(row.text(kind.timeColumn()));
            OptionalLong end = second.isEmpty() ? second : OptionalLong.of(second.getAsLong() + kind.seconds(row));
            rows.add(new KeylessRow(row, hash, twins.merge(hash, 1, Integer::sum), second, end));
        }
        return rows;
    }

    boolean isBefore(OptionalLong from) {
        return from.isPresent() && second.isPresent() && second.getAsLong() < from.getAsLong();
    }
}
