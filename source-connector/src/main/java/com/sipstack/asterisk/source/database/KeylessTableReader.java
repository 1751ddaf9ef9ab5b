package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final TableCounters counters;
    private final TableRecords records;
    private final ZoneInference zone;
    private final RowClock rowClock;
    private final KeylessPasses passes;
    /** When rows were last read that were read before a failure, and are being read again; empty if none are. */
    private final Optional<Instant> rewoundTo;

    private KnownRows known;
    /** Null until we know where to begin. */
    private KeylessStart start;

    private boolean isFinished;

    /** @param stored what earlier tasks know */
    KeylessTableReader(
            PbxConfig pbx,
            AsteriskTable table,
            KeylessStored stored,
            RecordQueue queue,
            Clock clock,
            TableCounters counters) {
        this.pbx = pbx;
        this.table = table;
        this.partition = new DatabaseSourcePartition(pbx.pbx(), table.name());
        this.queue = queue;
        this.clock = clock;
        this.counters = counters;
        this.records = new TableRecords(pbx, table, counters);
        this.zone = new ZoneInference(label(), table.kind(), pbx.zone(), clock);
        this.rowClock = new RowClock(zone, table.kind(), clock);
        this.rewoundTo = stored.lastRead().filter(pbx.rewind()::appliesTo);
        Duration further = rewoundTo.isPresent() ? pbx.rewind().lookback() : Duration.ZERO;
        this.passes = new KeylessPasses(label(), pbx, table, zone, clock, further);
        this.known = nothingKnown();
        if (!stored.isEmpty()) {
            start = stored.start().orElse(KeylessStart.OLDEST);
            known.restore(rewoundTo.isPresent() ? rewound(stored) : stored);
        }
    }

    @Override
    public AsteriskTable table() {
        return table;
    }

    @Override
    public boolean readBatch(Session session, StartFrom from) throws SQLException, InterruptedException {
        try {
            if (start == null) {
                begin(session, from);
            }
            readPage(session, passes.next(session, known.newest()));
            return passes.isUnderWay();
        } catch (SQLException | RuntimeException e) {
            passes.failed();
            throw e;
        }
    }

    @Override
    public Optional<End> end() {
        return Optional.empty();
    }

    @Override
    public boolean isFinished() {
        return isFinished;
    }

    private void readPage(Session session, KeylessPass pass) throws SQLException, InterruptedException {
        if (pass.isWide()) {
            known.keepFrom(pass.from());
        }
        List<TableRow> rows = pass.cursor().next(session);
        zone.learn(rows, limit -> pass.table().newest(session, limit));
        counters.zone(zone);
        List<KeylessRow> page = KeylessRow.of(rows, table.kind());
        List<KeylessRow> within = page.stream().filter(this::isInRange).toList();
        enqueue(within.stream().filter(row -> !row.isBefore(pass.from())).toList(), pass);
        if (pass.cursor().isAtEnd() || within.size() < page.size()) {
            complete(pass);
        }
    }

    private void enqueue(List<KeylessRow> rows, KeylessPass pass) throws InterruptedException {
        List<KeylessRow> fresh = rows.stream()
                .filter(row -> !start.isBefore(row.end()) && !known.isKnown(row))
                .toList();
        if (pass.isWide()) {
            counters.rowsReadAgain(rows.size() - fresh.size());
        }
        fresh.stream()
                .reduce((earlier, later) -> later)
                .ifPresent(row -> counters.newestRow(StartingPoint.moment(row.row(), table.kind(), zone.zone())));
        TableNow now = passes.now();
        for (int i = 0; i < fresh.size(); i++) {
            known.readAt(readAt(i == fresh.size() - 1 && pass.cursor().isAtEnd()));
            queue.put(record(fresh.get(i), now));
            counters.rowRead();
        }
    }

    /** Until the last of them is acknowledged, rows that are read again must not look as if they were for good. */
    private Instant readAt(boolean isLast) {
        return passes.isFirst() && !isLast ? rewoundTo.orElseGet(clock::instant) : clock.instant();
    }

    /** Rows that came late are looked for a while beyond the end. */
    private boolean isInRange(KeylessRow row) {
        return pbx.limits()
                .endAt()
                .filter(end -> row.second().isPresent()
                        && row.second().getAsLong() >= passes.second(end.plus(StartingPoint.DISORDER)))
                .isEmpty();
    }

    /** A range is over with the first pass: what is written later is the live connector's. */
    private void complete(KeylessPass pass) {
        passes.completed(pass);
        if (pass.isWide()) {
            known.keepFrom(OptionalLong.empty());
        }
        if (pbx.limits().endAt().isPresent()) {
            isFinished = true;
            LOG.info("{}: has read up to {} and is finished", label(), DatabaseSettings.END_AT.key());
        }
    }

    private KeylessStored rewound(KeylessStored stored) {
        LOG.info(
                "{}: reads again what it read in the {} before {}, since what was read before {} may have been lost",
                label(),
                pbx.rewind().lookback(),
                rewoundTo.orElseThrow(),
                pbx.rewind().before().orElseThrow());
        return stored.rewound(pbx.rewind().lookback());
    }

    private SourceRecord record(KeylessRow row, TableNow now) {
        KnownRows.Place place = known.learn(row, now);
        RecordPlace kept =
                new RecordPlace(place.partition().toMap(), place.offset().toMap(), table.origin(ONLY_EPOCH), null);
        SourceRecord made = records.row(row.row(), kept, rowClock);
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
                    pbx.range()));
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
