package com.sipstack.asterisk.source.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Finds the ids that rows have skipped. Where each of several servers gives out every nth id (Galera, replication both ways),
 * only those of servers that were seen to write count: ids with the same remainder by n are one server's.
 */
final class IdSteps {
    private final int step;
    /** The largest id looked at, by remainder. */
    private final Map<Integer, Long> latest = new TreeMap<>();

    private IdSteps(int step) {
        this.step = step;
    }

    /**
     * For a table read up to an id.
     *
     * @param step by how much the ids of one server rise
     * @param earlier ids, such as the newest of those read and those missing: whose servers write
     */
    static IdSteps of(int step, long id, Collection<Long> earlier) {
        IdSteps steps = new IdSteps(step);
        earlier.forEach(one -> steps.latest.put(steps.remainder(one), steps.floor(id, steps.remainder(one))));
        if (step == 1) {
            steps.latest.put(0, id);
        }
        return steps;
    }

    int step() {
        return step;
    }

    /**
     * The gaps that a batch leaves open up to its last id.
     *
     * @param rows by rising id, beyond all before; at least one
     * @param newcomersAfter where a server that was not seen to write before may have begun to
     * @param since when an id was surely given out
     */
    List<IdGap> gaps(List<TableRow> rows, long newcomersAfter, LongFunction<Instant> since) {
        List<IdGap> gaps = new ArrayList<>();
        for (TableRow row : rows) {
            int remainder = remainder(row.id());
            addGap(gaps, remainder, latest.getOrDefault(remainder, floor(newcomersAfter, remainder)), row.id(), since);
            latest.put(remainder, row.id());
        }
        long last = rows.get(rows.size() - 1).id();
        latest.replaceAll((remainder, id) -> {
            long end = floor(last, remainder);
            addGap(gaps, remainder, id, end + step, since);
            return end;
        });
        return gaps;
    }

    /** Between two ids of one server. */
    private void addGap(List<IdGap> gaps, int remainder, long before, long after, LongFunction<Instant> since) {
        long first = Math.max(before, floor(0, remainder)) + step;
        long last = after - step;
        if (first <= last) {
            gaps.add(new IdGap(first, last, step, since.apply(last)));
        }
    }

    private int remainder(long id) {
        return Math.floorMod(id, step);
    }

    /** The largest id with the remainder that is not larger. */
    private long floor(long id, int remainder) {
        return id - Math.floorMod(id - remainder, step);
    }
}
