package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the gaps that the rows of a table leave open. For one thread at a time. */
final class GapFinder {
    /** Enough to see every server of a cluster that writes now. */
    private static final int EARLIER_ROWS = 500;

    private final AsteriskTable table;
    private final Clock clock;
    private Session known;
    /** The newest id when the session was opened: smaller ones had been given out then. */
    private long newestThen;

    private Instant then;
    private Instant lastTime = Instant.MIN;
    private IdSteps steps = IdSteps.of(1, 0, List.of());

    GapFinder(AsteriskTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** To be called before rows are read in a session. */
    void meet(Session session) throws SQLException {
        if (!session.equals(known)) {
            then = newTime();
            newestThen = session.newestId(table);
            known = session;
        }
    }

    /**
     * The gaps between the rows, and between them and what was read before.
     *
     * @param position before the rows
     * @param newcomersAfter the id after which a server's rows may be missing that was not seen to write before
     */
    List<IdGap> gaps(Session session, List<TableRow> rows, DatabaseSourceOffset position, long newcomersAfter)
            throws SQLException {
        if (isWithoutGap(rows, position.id())) {
            return List.of();
        }
        int step = session.idStep();
        if (step != steps.step() || step == 1) {
            steps = IdSteps.of(step, position.id(), step == 1 ? List.of() : earlierIds(session, position));
        }
        Instant now = newTime();
        return steps.gaps(rows, newcomersAfter, id -> id < newestThen ? then : now);
    }

    private boolean isWithoutGap(List<TableRow> rows, long after) {
        return steps.step() == 1 && rows.get(rows.size() - 1).id() - after == rows.size();
    }

    private List<Long> earlierIds(Session session, DatabaseSourceOffset position) throws SQLException {
        return new ArrayList<>(Stream.concat(
                        session.rowsUpTo(table, position.id(), EARLIER_ROWS).stream()
                                .map(TableRow::id),
                        position.gaps().list().stream().map(IdGap::first))
                .toList());
    }

    /** Never the same twice: what is found at one time is told from what is found at another. */
    private Instant newTime() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        lastTime = now.isAfter(lastTime) ? now : lastTime.plusMillis(1);
        return lastTime;
    }
}
