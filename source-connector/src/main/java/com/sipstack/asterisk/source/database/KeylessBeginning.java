package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Finds where to begin in a keyless table that was never read. Which rows were there already the table itself tells, whatever
 * the zone of its times.
 */
final class KeylessBeginning {
    private final KeylessTable table;
    private final KeylessWindow window;
    private final ZoneInference zone;
    private final int pageRows;

    KeylessBeginning(KeylessTable table, KeylessWindow window, ZoneInference zone, int pageRows) {
        this.table = table;
        this.window = window;
        this.zone = zone;
        this.pageRows = pageRows;
    }

    /** A row that was there. */
    private record Seen(long end, long hash) {}

    /**
     * Finds it.
     *
     * @param known learns the rows that are there and not to be read
     */
    KeylessStart find(Session session, StartFrom from, KnownRows known, TableNow now) throws SQLException {
        Optional<String> newest = table.newestTime(session);
        if (from instanceof StartFrom.Earliest || newest.isEmpty()) {
            return KeylessStart.OLDEST;
        }
        TimeForm form = TimeForm.of(newest.get());
        if (from instanceof StartFrom.At at) {
            long floor = form.second(at.instant(), zone.zone());
            return new KeylessStart(OptionalLong.of(floor), Hashes.NONE);
        }
        long last = now.believed(TimeForm.second(newest.get()).orElseThrow());
        String first = form.print(last - window.reach(table.table().kind()).toSeconds());
        return passOver(session, new TimeCursor(table, first, pageRows), known, now, last);
    }

    private KeylessStart passOver(Session session, TimeCursor cursor, KnownRows known, TableNow now, long newest)
            throws SQLException {
        PriorityQueue<Seen> latest = new PriorityQueue<>(Comparator.comparingLong(Seen::end));
        long lastEnd = newest;
        while (!cursor.isAtEnd()) {
            for (KeylessRow row :
                    KeylessRow.of(cursor.next(session), table.table().kind())) {
                known.learn(row, now);
                long end = row.end().orElse(now.latest());
                lastEnd = Math.max(lastEnd, now.believed(end));
                latest.add(new Seen(end, row.hash()));
                if (latest.size() > Hashes.MOST_IN_TEXT) {
                    latest.remove();
                }
            }
        }
        return start(lastEnd - window.delay().toSeconds(), latest);
    }

    /** Rows that ended long enough before the last one were all there: those that come later need not be told from them. */
    private static KeylessStart start(long floor, PriorityQueue<Seen> latest) {
        List<Seen> later = new ArrayList<>(latest);
        later.removeIf(row -> row.end() < floor);
        return new KeylessStart(
                OptionalLong.of(floor),
                Hashes.of(later.stream().mapToLong(Seen::hash).toArray()));
    }
}
