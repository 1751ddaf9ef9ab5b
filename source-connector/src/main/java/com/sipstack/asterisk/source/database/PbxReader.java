package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads all tables of one PBX over one connection. Turns are taken by one thread at a time; {@link #abort} comes from any. */
final class PbxReader {
    private final PbxConfig pbx;
    private final List<? extends BatchReader> tables;
    private final Clock clock;
    private final Backoff backoff;
    private final Pace pace;
    private final Rhythm rhythm;
    private final NewsCheck news = new NewsCheck();
    private final PbxCounters counters;
    private final PbxState state;
    private StartFrom start;
    private Instant firstTry;

    private final Object lock = new Object();
    /** Null while there is no connection. Guarded by the lock. */
    private Session session;
    /** Guarded by the lock. */
    private boolean isAborted;

    PbxReader(PbxConfig pbx, List<? extends BatchReader> tables, Clock clock, Backoff backoff, PbxCounters counters) {
        this.pbx = pbx;
        this.tables = tables;
        this.clock = clock;
        this.backoff = backoff;
        this.pace = new Pace(clock, pbx.limits().rowsPerSecond());
        this.rhythm = new Rhythm(pbx.pollInterval());
        this.counters = counters;
        this.state = new PbxState(pbx.pbx(), pbx.login().place());
        this.start = pbx.startFrom();
    }

    /**
     * Reads a batch of each table.
     *
     * @return how long to wait before the next turn
     * @throws InterruptedException if the readers are being stopped
     */
    Duration turn() throws InterruptedException {
        List<BatchReader> unfinished = unfinished();
        if (unfinished.isEmpty()) {
            closeSession();
            return pbx.pollInterval();
        }
        if (firstTry == null) {
            firstTry = clock.instant();
        }
        try {
            return readTables(session(), unfinished);
        } catch (SQLException e) {
            return failed(e);
        }
    }

    String pbx() {
        return pbx.pbx();
    }

    /** After a turn that nobody foresaw to end as it did: whatever the server and we had agreed on is forgotten. */
    void broke() {
        counters.health(false);
        closeSession();
    }

    /** Whether the next turn begins with a connection that is there already. Any thread may ask. */
    boolean isConnected() {
        synchronized (lock) {
            return session != null;
        }
    }

    /** Ends the connection, and the query that runs in it; there will be no other. */
    void abort() {
        Session last;
        synchronized (lock) {
            isAborted = true;
            last = session;
            session = null;
        }
        if (last != null) {
            last.abort();
        }
    }

    private List<BatchReader> unfinished() {
        List<BatchReader> unfinished = new ArrayList<>();
        for (BatchReader table : tables) {
            if (!table.isFinished()) {
                unfinished.add(table);
            }
        }
        return unfinished;
    }

    private Duration readTables(Session open, List<BatchReader> unfinished) throws SQLException, InterruptedException {
        Instant begin = clock.instant();
        List<BatchReader> unread = news.unread(open, unfinished);
        for (BatchReader table : unfinished) {
            if (!unread.contains(table)) {
                counters.of(table.table()).polled(begin);
            }
        }
        if (unread.isEmpty()) {
            counters.turnTaken();
            return rhythm.after(0);
        }
        return readRows(open, unread, unfinished.size());
    }

    /** A table that fails keeps the others from nothing; if none of all can be read it is the connection's fault as likely. */
    private Duration readRows(Session open, List<BatchReader> unread, int all)
            throws SQLException, InterruptedException {
        long rowsBefore = counters.rows();
        long askedBefore = counters.rowsAsked();
        boolean isMore = false;
        List<SQLException> failures = new ArrayList<>();
        for (BatchReader table : unread) {
            try {
                isMore |= table.readBatch(open, start);
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        if (failures.size() == all) {
            throw failures.get(0);
        }
        backoff.reset();
        counters.turnTaken();
        tell(failures);
        Duration rest = pace.after(counters.rowsAsked() - askedBefore);
        if (isMore) {
            return rest;
        }
        Duration wait = rhythm.after(counters.rows() - rowsBefore);
        return rest.compareTo(wait) > 0 ? rest : wait;
    }

    private void tell(List<SQLException> failures) throws InterruptedException {
        counters.health(failures.isEmpty());
        if (failures.isEmpty()) {
            state.reads();
        } else {
            fails(failures.get(0));
        }
    }

    private Duration failed(SQLException e) throws InterruptedException {
        counters.health(false);
        fails(e);
        closeSession();
        return backoff.next();
    }

    private void fails(SQLException e) throws InterruptedException {
        throwIfAborted();
        start = start.missedAt(firstTry);
        state.fails(e);
    }

    private Session session() throws SQLException, InterruptedException {
        synchronized (lock) {
            if (session != null) {
                return session;
            }
        }
        return adopt(Session.open(pbx.login()));
    }

    private Session adopt(Session opened) throws InterruptedException {
        synchronized (lock) {
            if (!isAborted) {
                session = opened;
                return opened;
            }
        }
        opened.close();
        throw new InterruptedException("the readers were stopped while PBX " + pbx.pbx() + " was being connected");
    }

    private void closeSession() {
        Session last = released();
        if (last != null) {
            last.close();
        }
    }

    private Session released() {
        synchronized (lock) {
            Session last = session;
            session = null;
            return last;
        }
    }

    /** What fails after that fails because of it. */
    private void throwIfAborted() throws InterruptedException {
        synchronized (lock) {
            if (isAborted) {
                throw new InterruptedException("the readers were stopped while PBX " + pbx.pbx() + " was being read");
            }
        }
    }
}
