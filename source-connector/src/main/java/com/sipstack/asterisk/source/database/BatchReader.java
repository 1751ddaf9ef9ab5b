package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads one table of a PBX, a batch at a time. For one thread at a time. */
interface BatchReader {
    AsteriskTable table();

    /**
     * Puts the next rows into the queue.
     *
     * @param start where to begin if the table was never read
     * @return whether there may be more at once
     */
    boolean readBatch(Session session, StartFrom start) throws SQLException, InterruptedException;

    /** Where it had read all rows; empty if only the rows can tell whether there are more, or there surely are. */
    Optional<End> end();

    /**
     * The end of a table.
     *
     * @param id of the last row; 0 if there is none
     * @param gaps before it whose rows may still come
     */
    record End(AsteriskTable table, long id, List<IdGap> gaps) {}

    /** Whether there was an end to read up to, and all before it has been read. */
    boolean isFinished();
}
