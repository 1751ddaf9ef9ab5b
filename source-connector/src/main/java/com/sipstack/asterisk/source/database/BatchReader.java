package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;

/** Reads one table of a PBX, a batch at a time. For one thread at a time. */
interface BatchReader {
    /**
     * Puts the next rows into the queue.
     *
     * @param start where to begin if the table was never read
     * @return whether there may be more at once
     */
    boolean readBatch(Session session, StartFrom start) throws SQLException, InterruptedException;

    /** Whether there was an end to read up to, and all before it has been read. */
    boolean isFinished();
}
