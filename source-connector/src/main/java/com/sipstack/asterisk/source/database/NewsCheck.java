package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks a PBX which of its tables have more rows: one question for the newest ids of all that had few, and whether rows of their gaps came,
 * instead of one for the rows of each, since most of a thousand PBXs' tables are quiet at any moment. For one thread at a time.
 */
final class NewsCheck {
    /** So often is an answer trusted; then rows are read, which shows that a table is another though its newest id is the same, and gaps expire. */
    private static final int MOST_TRUSTED = 29;

    private int trusted;

    /** The tables whose rows are to be read: all but those of which all rows have been read. */
    List<BatchReader> unread(Session session, List<BatchReader> tables) throws SQLException {
        int before = trusted;
        // If the question fails, the next turn reads rows: that finds out which table it is, and reads the others
        trusted = MOST_TRUSTED;
        List<BatchReader> unread = before < MOST_TRUSTED ? withMore(session, tables) : tables;
        trusted = unread.size() == tables.size() ? 0 : before + 1;
        return unread;
    }

    private static List<BatchReader> withMore(Session session, List<BatchReader> tables) throws SQLException {
        List<BatchReader.End> ends = new ArrayList<>();
        tables.forEach(table -> table.end().ifPresent(ends::add));
        Set<AsteriskTable> quiet = ends.isEmpty() ? Set.of() : session.ended(ends);
        List<BatchReader> others = new ArrayList<>();
        for (BatchReader table : tables) {
            if (!quiet.contains(table.table())) {
                others.add(table);
            }
        }
        return others;
    }
}
