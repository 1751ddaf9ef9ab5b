package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table without id by its rows' times. A CDR has the time at which its leg began and is written when it ends, so no place
 * in the table is ever behind us for good: a narrow window is read at each poll, a wide one now and then, and rows that are known
 * are passed over. Rows of one time come in no particular order. For one thread at a time.
 */
final class KeylessTableReader implements BatchReader {
    private static final Logger LOG = LoggerFactory.getLogger(KeylessTableReader.class);
    private static final int ONLY_EPOCH = 0;

    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final DatabaseSourcePartition partition;
    private final RecordQueue queue;
    private final Clock clock;
    private final PbxCounters counters;
    private final TableRecords records;
    private final ZoneInference zone;
    private final RowClock rowClock;
    private final KeylessPasses passes;
    private KnownRows known;
    /** Null until we know where to begin. */
    private KeylessStart start;
    /** Null between two passes. */
    private KeylessPass pass;

    /** @param stored what earlier tasks know */
    KeylessTableReader(
            PbxConfig pbx,
            AsteriskTable table,
            KeylessStored stored,
            RecordQueue queue,
            Clock clock,
            PbxCounters counters) {
        this.pbx = pbx;
        this.table = table;
        this.partition = new DatabaseSourcePartition(pbx.pbx(), table.name());
        this.queue = queue;
        this.clock = clock;
        this.counters = counters;
        this.records = new TableRecords(pbx, table);
        this.zone = new ZoneInference(label(), table.kind(), pbx.zone(), clock);
        this.rowClock = new RowClock(zone, table.kind(), clock);
        this.passes = new KeylessPasses(label(), pbx, table, zone, clock);
        this.known = nothingKnown();
        if (!stored.isEmpty()) {
            start = stored.start().orElse(KeylessStart.OLDEST);
            known.restore(stored);
        }
    }

    @Override
    public boolean readBatch(Session session, StartFrom from) throws SQLException, InterruptedException {
        try {
            if (start == null) {
                begin(session, from);
            }
            if (pass == null) {
                pass = passes.next(session, known.newest());
            }
            readPage(session);
            return pass != null;
        } catch (SQLException e) {
            pass = null; // the table may have been changed under it
            throw e;
        }
    }

    /** Late rows have no end. */
    @Override
    public boolean isFinished() {
        return false;
    }

    private void readPage(Session session) throws SQLException, InterruptedException {
        List<TableRow> rows = pass.cursor().next(session);
        zone.learn(rows, limit -> pass.table().newest(session, limit));
        for (KeylessRow row : KeylessRow.of(rows, table.kind())) {
            if (!row.isBefore(pass.from()) && !start.isBefore(row.end()) && !known.isKnown(row)) {
                queue.put(record(row));
                counters.rowRead();
            }
        }
        if (pass.cursor().isAtEnd()) {
            passes.completed(pass);
            pass = null;
        }
    }

    private SourceRecord record(KeylessRow row) {
        KnownRows.Place place = known.learn(row, pass.now());
        RecordPlace kept =
                new RecordPlace(place.partition().toMap(), place.offset().toMap(), table.origin(ONLY_EPOCH), null);
        SourceRecord made = records.row(row.row(), kept, rowClock.zoneOf(row.row()));
        if (row.twin() > 1) {
            made.headers().addInt(Provenance.TWIN_HEADER, row.twin());
        }
        return made;
    }

    /** Keeps the place at once, though no row has come: the next task would take a later "latest". */
    private void begin(Session session, StartFrom from) throws SQLException, InterruptedException {
        Instant now = clock.instant();
        KeylessTable keyless = passes.table(session);
        zone.learn(List.of(), limit -> keyless.newest(session, limit));
        KnownRows found = nothingKnown();
        KeylessStart place = new KeylessBeginning(keyless, pbx.keyless(), zone, pbx.batchRows())
                .find(session, from, found, passes.now());
        if (!(from instanceof StartFrom.Earliest)) {
            queue.put(records.start(
                    new KeylessPartition(partition, KeylessPartition.START).toMap(),
                    place.toMap(),
                    from instanceof StartFrom.At at ? at.instant() : now,
                    DatabaseSettings.START_FROM.key() + "=" + pbx.startFrom()));
        }
        found.beginAt(place);
        known = found;
        // What was there is known now; the next task will not know all of it, but where it ended
        start = from instanceof StartFrom.Latest ? KeylessStart.OLDEST : place;
        LOG.info(
                "{}: has no id and is read by {}, from where {} wants it",
                label(),
                keyless.time().name(),
                DatabaseSettings.START_FROM.key());
    }

    private KnownRows nothingKnown() {
        return new KnownRows(partition, pbx.keyless().reach(table.kind()));
    }

    private String label() {
        return "PBX " + pbx.pbx() + ", table " + table.name();
    }
}
