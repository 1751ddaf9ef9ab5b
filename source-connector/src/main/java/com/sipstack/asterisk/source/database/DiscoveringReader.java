package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a table by its id if it has one, else by time. It looks at the columns when it begins, and again after a failure: they
 * may have been changed.
 */
final class DiscoveringReader implements BatchReader {
    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final Optional<DatabaseSourceOffset> stored;
    private final KeylessStored.Source keyless;
    private final RecordQueue queue;
    private final Clock clock;
    private final TableCounters counters;
    /** Null until it is first needed. */
    private TableReader byId;
    /** Null until it is first needed. */
    private KeylessTableReader byTime;
    /** Null while the columns are to be looked at. */
    private BatchReader chosen;

    /**
     * Looks at nothing yet.
     *
     * @param stored the offset at which an earlier task stopped reading by id; empty if there was none
     * @param keyless what earlier tasks know that read by time
     */
    DiscoveringReader(
            PbxConfig pbx,
            AsteriskTable table,
            Optional<DatabaseSourceOffset> stored,
            KeylessStored.Source keyless,
            RecordQueue queue,
            Clock clock,
            TableCounters counters) {
        this.pbx = pbx;
        this.table = table;
        this.stored = stored;
        this.keyless = keyless;
        this.queue = queue;
        this.clock = clock;
        this.counters = counters;
    }

    @Override
    public AsteriskTable table() {
        return table;
    }

    @Override
    public boolean readBatch(Session session, StartFrom start) throws SQLException, InterruptedException {
        try {
            if (chosen == null) {
                chosen = choose(session.layout(table).hasId());
            }
            Instant begin = clock.instant();
            boolean isMore = chosen.readBatch(session, since(start));
            counters.polled(begin);
            return isMore;
        } catch (SQLException | RuntimeException e) {
            chosen = null;
            throw e;
        }
    }

    @Override
    public Optional<End> end() {
        return chosen == null ? Optional.empty() : chosen.end();
    }

    @Override
    public boolean isFinished() {
        return chosen != null && chosen.isFinished();
    }

    /** A table that was read by time so far is read on like this, even if it was given ids: they tell of no place to begin. */
    private BatchReader choose(boolean hasId) {
        if (hasId
                && byId == null
                && byTime == null
                && (stored.isPresent() || keyless().isEmpty())) {
            byId = new TableReader(pbx, table, stored, queue, clock, counters);
        }
        if (hasId && byId != null) {
            return byId;
        }
        if (byTime == null) {
            byTime = new KeylessTableReader(pbx, table, keyless(), queue, clock, counters);
        }
        return byTime;
    }

    /** A table that was read by id and has none any more is read by time from then on. */
    private StartFrom since(StartFrom start) {
        return chosen == byTime && stored.isPresent()
                ? new StartFrom.At(stored.get().at())
                : start;
    }

    private KeylessStored keyless() {
        return keyless.of(new DatabaseSourcePartition(pbx.pbx(), table.name()));
    }
}
