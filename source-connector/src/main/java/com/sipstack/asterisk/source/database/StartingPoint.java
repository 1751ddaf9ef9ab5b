package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.WrittenTime;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Finds the id after which a table that was never read is to be read. An instant is searched by id, which needs no index on
 * times and asks for a few rows at a time, whatever the table's size.
 */
final class StartingPoint {
    /**
     * How much later than a row with a smaller id a row may have been raised: CDRs are written in batches, and the hour before
     * the end of summer time comes twice.
     */
    static final Duration DISORDER = Duration.ofHours(2);

    private static final int PROBE = 10;
    private static final int PAGE = 1000;

    private final Session session;
    private final AsteriskTable table;
    private final ZoneInference zone;

    StartingPoint(Session session, AsteriskTable table, ZoneInference zone) {
        this.session = session;
        this.table = table;
        this.zone = zone;
    }

    /** The largest id that is not to be read; 0 if there is none. */
    long idBefore(StartFrom start) throws SQLException {
        if (start instanceof StartFrom.Earliest) {
            return 0;
        }
        long newest = session.newestId(table);
        return start instanceof StartFrom.At at ? idBefore(at.instant(), newest) : newest;
    }

    private long idBefore(Instant instant, long newest) throws SQLException {
        List<TableRow> newestRows = session.rowsUpTo(table, newest, PROBE);
        zone.learn(newestRows, limit -> session.rowsUpTo(table, newest, limit));
        return scan(instant, searchAfter(instant.minus(DISORDER), newest), newest);
    }

    /** Smallest id whose next row is not before the instant, if moments rose with ids. */
    private long searchAfter(Instant instant, long newest) throws SQLException {
        long low = 0;
        long high = newest;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (isNextBefore(instant, middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isNextBefore(Instant instant, long id) throws SQLException {
        return session.rowsAfter(table, id, PROBE).stream()
                .map(this::moment)
                .flatMap(Optional::stream)
                .findFirst()
                .filter(instant::isAfter)
                .isPresent();
    }

    private long scan(Instant instant, long after, long newest) throws SQLException {
        long last = after;
        while (last < newest) {
            List<TableRow> rows = session.rowsAfter(table, last, PAGE);
            for (TableRow row : rows) {
                if (!moment(row).filter(instant::isAfter).isPresent()) {
                    return row.id() - 1;
                }
                last = row.id();
            }
            if (rows.isEmpty()) {
                return newest;
            }
        }
        return last;
    }

    /** When the row was raised: an event at its time, a CDR at its leg's end; empty if its time cannot be read. */
    static Optional<Instant> moment(TableRow row, RowKind kind, ZoneId zone) {
        return WrittenTime.parse(row.text(kind.timeColumn()))
                .map(time -> time.in(zone).plusSeconds(kind.seconds(row)));
    }

    private Optional<Instant> moment(TableRow row) {
        return moment(row, table.kind(), zone.zone());
    }
}
