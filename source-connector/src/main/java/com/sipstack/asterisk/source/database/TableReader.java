package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one table of a PBX by rising id, and the rows of smaller ids that were committed late. For one thread at a time. */
final class TableReader implements BatchReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    /** More of them at one look, and the next finds some, too: whether there are any need not be asked before. */
    private static final int FEW_ROWS = 10;

    /** Beside the newest ids. */
    private static final int MOST_GAPS_ASKED_FOR = 20;

    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final RecordQueue queue;
    private final Clock clock;
    private final int atOnce;
    private final TableCounters counters;
    private final TableRecords records;
    private final ZoneInference zone;
    private final RowClock rowClock;
    private final TableEpoch epoch;
    private final WriterWatch writers;
    private final GapExpiry expiry;
    private final RangeEnd range;
    private GapFinder finder;
    /** Beyond the last row that is in the queue; null until we know where to begin. */
    private DatabaseSourceOffset position;

    private boolean isBehind = true;
    /** At the last look. */
    private int rowsFound;

    private boolean isFinished;
    private Instant gapsAsked = Instant.MIN;

    /** @param stored the offset at which an earlier task stopped; empty if there was none */
    TableReader(
            PbxConfig pbx,
            AsteriskTable table,
            Optional<DatabaseSourceOffset> stored,
            RecordQueue queue,
            Clock clock,
            TableCounters counters) {
        this.pbx = pbx;
        this.table = table;
        this.queue = queue;
        this.clock = clock;
        this.atOnce = pbx.limits().rowsAtOnce(pbx.batchRows());
        this.counters = counters;
        this.records = new TableRecords(pbx, table, counters);
        this.zone = new ZoneInference(label(), table.kind(), pbx.zone(), clock);
        this.rowClock = new RowClock(zone, table.kind(), clock);
        this.epoch = new TableEpoch(table);
        this.writers = new WriterWatch(table);
        this.expiry = new GapExpiry(label(), pbx.gaps());
        this.range = new RangeEnd(table, pbx.limits().endAt());
        this.finder = new GapFinder(table, clock);
        this.position = stored.map(this::resumed).orElse(null);
    }

    @Override
    public AsteriskTable table() {
        return table;
    }

    @Override
    public boolean readBatch(Session session, StartFrom start) throws SQLException, InterruptedException {
        try {
            return read(session, start);
        } catch (RuntimeException e) {
            position = position == null ? null : position.reached();
            throw e;
        }
    }

    private boolean read(Session session, StartFrom start) throws SQLException, InterruptedException {
        finder.meet(session);
        range.meet(session);
        if (position == null) {
            position = begin(session, start);
        }
        boolean isMoreInGaps = areGapsDue() && readGaps(session);
        isBehind = !range.isReached() && readOn(session);
        counters.openGaps(position.gaps().list().size());
        counters.epoch(position.epoch());
        counters.zone(zone);
        tellIfFinished();
        return isMoreInGaps || isBehind;
    }

    @Override
    public Optional<End> end() {
        if (isBehind || rowsFound > FEW_ROWS || range.isLimited()) {
            return Optional.empty();
        }
        List<IdGap> gaps = position.gaps().list();
        return gaps.size() > MOST_GAPS_ASKED_FOR ? Optional.empty() : Optional.of(new End(table, position.id(), gaps));
    }

    @Override
    public boolean isFinished() {
        return isFinished;
    }

    private void tellIfFinished() {
        if (!isFinished && range.isReached() && position.gaps().isEmpty()) {
            isFinished = true;
            LOG.info("{}: has read up to {} and is finished", label(), DatabaseSettings.END_AT.key());
        }
    }

    /** While there is much to catch up with, gaps are asked for no more often than otherwise. */
    private boolean areGapsDue() {
        OpenGaps gaps = position.gaps();
        return !gaps.isEmpty()
                && (!isBehind
                        || gaps.list().size() > pbx.gaps().mostRanges()
                        || !clock.instant().isBefore(gapsAsked.plus(pbx.pollInterval())));
    }

    private boolean readGaps(Session session) throws SQLException, InterruptedException {
        gapsAsked = clock.instant();
        Optional<Set<String>> writing = writers.writers(session);
        List<TableRow> rows = session.rowsIn(table, position.gaps().list(), atOnce);
        if (!rows.isEmpty()) {
            enqueueLate(session, rows);
        }
        if (rows.size() == atOnce) {
            return true;
        }
        for (ExpiredGaps expired : expiry.expired(position.gaps(), gapsAsked, writing)) {
            declare(session, expired);
        }
        return false;
    }

    /** The neighbours' times tell when the missing rows would have been raised. */
    private void declare(Session session, ExpiredGaps expired) throws SQLException, InterruptedException {
        List<TableRow> before = session.rowsUpTo(table, expired.first() - 1, 1);
        List<TableRow> after = session.rowsAfter(table, expired.last(), 1);
        zone.learn(before, limit -> session.rowsUpTo(table, position.id(), limit));
        DatabaseSourceOffset without = position.closing(expired.gaps());
        queue.put(records.gap(without, moment(before), moment(after).orElse(gapsAsked), expired.reason()));
        position = without;
        counters.gapsExpired(expired.gaps());
    }

    private Optional<Instant> moment(List<TableRow> rows) {
        return rows.stream().findFirst().flatMap(row -> StartingPoint.moment(row, table.kind(), zone.zone()));
    }

    private boolean readOn(Session session) throws SQLException, InterruptedException {
        List<TableRow> rows = session.rowsFrom(table, position.id(), atOnce + 1);
        if (epoch.hasBegunAgain(session, position, rows)) {
            beginEpoch(epoch.lastInCommon(session, position));
            return true;
        }
        boolean isLastThere = !rows.isEmpty() && rows.get(0).id() == position.id();
        if (isLastThere) {
            position = position.knowing(rows.get(0), table.kind());
        }
        List<TableRow> fresh = isLastThere ? rows.subList(1, rows.size()) : rows;
        if (!fresh.isEmpty()) {
            learnZone(session, fresh);
        }
        rowsFound = fresh.size();
        List<TableRow> within = range.within(position.id(), fresh, zone.zone());
        if (!within.isEmpty()) {
            enqueue(session, within);
        }
        return !range.isReached() && rows.size() > atOnce;
    }

    private void enqueue(Session session, List<TableRow> rows) throws SQLException, InterruptedException {
        DatabaseSourceOffset now = positionNow();
        DatabaseSourceOffset open = now.opening(finder.gaps(session, rows, now, newcomersAfter(now)));
        int last = rows.size() - 1;
        counters.newestRow(StartingPoint.moment(rows.get(last), table.kind(), zone.zone()));
        rowClock.expect(rows);
        for (TableRow row : rows.subList(0, last)) {
            enqueue(row, open.after(List.of(row), table.kind()));
        }
        enqueue(rows.get(last), open.after(rows, table.kind()));
    }

    private void enqueueLate(Session session, List<TableRow> rows) throws SQLException, InterruptedException {
        learnZone(session, rows);
        position = positionNow();
        for (TableRow row : rows) {
            enqueue(row, position.filledAt(row.id()));
            counters.lateRowRead();
        }
    }

    private void enqueue(TableRow row, DatabaseSourceOffset beyond) throws InterruptedException {
        queue.put(records.row(row, beyond, rowClock));
        position = beyond;
        counters.rowRead();
    }

    private void learnZone(Session session, List<TableRow> rows) throws SQLException {
        zone.learn(rows, limit -> session.rowsUpTo(table, rows.get(0).id() - 1, limit));
    }

    private DatabaseSourceOffset positionNow() {
        Duration lookback = pbx.rewind().lookback();
        Duration timeout = pbx.gaps().timeout();
        return position.readingAt(clock.instant(), lookback.compareTo(timeout) > 0 ? lookback : timeout);
    }

    private long newcomersAfter(DatabaseSourceOffset now) {
        return now.checkpoints()
                .idAt(clock.instant().minus(pbx.gaps().timeout()))
                .orElse(now.id());
    }

    /** What was written since the last row was read may have gone with the old ids: that is declared. */
    private void beginEpoch(long inCommon) throws InterruptedException {
        DatabaseSourceOffset last = position;
        Instant now = clock.instant();
        DatabaseSourceOffset next = last.nextEpoch(inCommon, now);
        String reason = "ids began again below " + last.id() + ", what was not read before is lost";
        queue.put(records.gap(next, Optional.of(last.at()), now, reason));
        position = next;
        finder = new GapFinder(table, clock);
        counters.epochBegan();
        LOG.warn(
                "{}: its ids began again below {}, it was truncated, restored or replaced: reads it from id {} on as {}",
                label(),
                last.id(),
                inCommon + 1,
                table.origin(position.epoch()));
    }

    /** Keeps the place at once, though no row has come: the next task would take a later "latest". */
    private DatabaseSourceOffset begin(Session session, StartFrom start) throws SQLException, InterruptedException {
        Instant now = clock.instant();
        long id = new StartingPoint(session, table, zone).idBefore(start);
        int number = pbx.startEpochs().getOrDefault(table.name(), 0);
        DatabaseSourceOffset place = DatabaseSourceOffset.startingAfter(id, number, now);
        if (!(start instanceof StartFrom.Earliest)) {
            Instant to = start instanceof StartFrom.At at ? at.instant() : now;
            queue.put(records.start(place, to, pbx.range()));
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
