package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Asks a PBX that was quiet whether it still is: one question for the newest ids of all its tables, and whether rows of gaps came, instead of
 * one for the rows of each, since most of a thousand PBXs are quiet at any moment. For one thread at a time.
 */
final class NewsCheck {
    /** So often is an answer trusted; then rows are read, which shows that a table is another though its newest id is the same, and gaps expire. */
    private static final int MOST_TRUSTED = 29;

    private int trusted;

    /** Whether all rows of all tables have been read. */
    boolean isQuiet(Session session, List<? extends BatchReader> tables) throws SQLException {
        List<BatchReader.End> ends =
                tables.stream().map(BatchReader::end).flatMap(Optional::stream).toList();
        boolean mayAsk = ends.size() == tables.size() && trusted < MOST_TRUSTED;
        int before = trusted;
        // If the question fails, the next turn reads rows: that finds out which table it is, and reads the others
        trusted = MOST_TRUSTED;
        boolean isQuiet = mayAsk && !session.hasMore(ends);
        trusted = isQuiet ? before + 1 : 0;
        return isQuiet;
    }
}
