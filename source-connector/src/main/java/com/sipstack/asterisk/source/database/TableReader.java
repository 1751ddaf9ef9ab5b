package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one table of a PBX by rising id. For one thread at a time. */
final class TableReader implements BatchReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final RecordQueue queue;
    private final Clock clock;
    private final TableRecords records;
    private final ZoneInference zone;
    /** Beyond the last row that is in the queue; null until we know where to begin. */
    private DatabaseSourceOffset position;

    /** @param stored the offset at which an earlier task stopped; empty if there was none */
    TableReader(
            PbxConfig pbx, AsteriskTable table, Optional<DatabaseSourceOffset> stored, RecordQueue queue, Clock clock) {
        this.pbx = pbx;
        this.table = table;
        this.queue = queue;
        this.clock = clock;
        this.records = new TableRecords(pbx, table);
        this.zone = new ZoneInference(label(), table.kind(), pbx.zone());
        this.position = stored.map(this::resumed).orElse(null);
    }

    @Override
    public boolean readBatch(Session session, StartFrom start) throws SQLException, InterruptedException {
        if (position == null) {
            position = begin(session, start);
        }
        List<TableRow> rows = session.rowsAfter(table, position.id(), pbx.batchRows());
        if (!rows.isEmpty()) {
            zone.learn(rows, limit -> session.rowsUpTo(table, rows.get(0).id() - 1, limit));
            enqueue(rows);
        }
        return rows.size() == pbx.batchRows();
    }

    private void enqueue(List<TableRow> rows) throws InterruptedException {
        DatabaseSourceOffset now =
                position.readingAt(clock.instant(), pbx.rewind().lookback());
        for (TableRow row : rows) {
            DatabaseSourceOffset beyond = now.after(row.id());
            zone.observe(row);
            queue.put(records.row(row, beyond, zone.zone()));
            position = beyond;
        }
    }

    /** Keeps the place at once, though no row has come: the next task would take a later "latest". */
    private DatabaseSourceOffset begin(Session session, StartFrom start) throws SQLException, InterruptedException {
        Instant now = clock.instant();
        long id = new StartingPoint(session, table, zone).idBefore(start);
        DatabaseSourceOffset place = DatabaseSourceOffset.startingAfter(id, now);
        if (!(start instanceof StartFrom.Earliest)) {
            Instant to = start instanceof StartFrom.At at ? at.instant() : now;
            queue.put(records.start(place, to, DatabaseSettings.START_FROM.key() + "=" + pbx.startFrom()));
        }
        LOG.info("{}: reads from id {} on, as {} wants it", label(), id + 1, DatabaseSettings.START_FROM.key());
        return place;
    }

    private DatabaseSourceOffset resumed(DatabaseSourceOffset stored) {
        if (!pbx.rewind().appliesTo(stored)) {
            return stored;
        }
        DatabaseSourceOffset rewound = stored.rewound(pbx.rewind().lookback());
        LOG.info(
                "{}: goes back from id {} to {}, what was read before {} may have been lost",
                label(),
                stored.id(),
                rewound.id(),
                pbx.rewind().before().orElseThrow());
        return rewound;
    }

    private String label() {
        return "PBX " + pbx.pbx() + ", table " + table.name();
    }
}
