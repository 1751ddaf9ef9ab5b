package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Notices that a table's ids have begun again: it was truncated, made anew, restored, or another server's took its place. */
final class TableEpoch {
    /** More than clocks differ. */
    private static final Duration LONG_BEFORE = Duration.ofHours(1);

    private final AsteriskTable table;

    TableEpoch(AsteriskTable table) {
        this.table = table;
    }

    /**
     * Whether the table is another than the one that was read. Rows that are gone are no evidence by themselves, since old ones
     * are archived: the row read last must look different, or, if it is gone, one read before it, or smaller ids alone be there, and not of
     * long ago.
     *
     * @param rows the first from the position's id on, that one included if it is there
     */
    boolean hasBegunAgain(Session session, DatabaseSourceOffset position, List<TableRow> rows) throws SQLException {
        if (position.id() > 0 && (rows.isEmpty() || rows.get(0).id() > position.id())) {
            return isOthersBefore(session, position, rows.isEmpty());
        }
        return !rows.isEmpty()
                && position.landmarks().latestFirst().stream().anyMatch(landmark -> isOther(landmark, rows.get(0)));
    }

    /**
     * A lagging replica, or a table whose newest rows were deleted, still has earlier rows that we know.
     *
     * @param isNewest whether there are no rows beyond those before
     */
    private boolean isOthersBefore(Session session, DatabaseSourceOffset position, boolean isNewest)
            throws SQLException {
        List<TableRow> newest = session.rowsUpTo(table, position.id(), 1);
        if (newest.isEmpty()) {
            return false;
        }
        for (Landmarks.Landmark landmark :
                position.landmarks().upTo(newest.get(0).id()).latestFirst()) {
            List<TableRow> there = session.rowsUpTo(table, landmark.id(), 1);
            if (!there.isEmpty() && there.get(0).id() == landmark.id()) {
                return isOther(landmark, there.get(0));
            }
        }
        return isNewest && !isOfLongBefore(newest.get(0), position);
    }

    /**
     * Whether a row's channel was there long before a row was last read: a table that began anew has rows of later, or will have when
     * somebody calls. Such a one is of a replica that lags, or is just being restored row by row, or is one of a few that are kept for ever.
     */
    private static boolean isOfLongBefore(TableRow row, DatabaseSourceOffset position) {
        return ZoneEvidence.created(row)
                .filter(created -> created.isBefore(position.at().minus(LONG_BEFORE)))
                .isPresent();
    }

    /**
     * Where to begin in a table that is another: after the last row that it has in common with the one that was read, as one that was
     * restored has, or a replica that took over before it had all. What may have come after that in its gaps is read, too.
     *
     * @return an id; 0 if there is no such row
     */
    long lastInCommon(Session session, DatabaseSourceOffset position) throws SQLException {
        for (Landmarks.Landmark landmark : position.landmarks().latestFirst()) {
            List<TableRow> there = session.rowsUpTo(table, landmark.id(), 1);
            if (!there.isEmpty()
                    && landmark.isAt(there.get(0), table.kind())
                    && there.get(0).id() == landmark.id()) {
                return position.gaps().lowWaterMark(landmark.id());
            }
        }
        return 0;
    }

    private boolean isOther(Landmarks.Landmark landmark, TableRow row) {
        return landmark.id() == row.id() && !landmark.isAt(row, table.kind());
    }
}
