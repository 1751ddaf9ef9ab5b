package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.TableLayout.TimeColumn;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how far back to read a keyless table next. A wide pass is put aside between two pages whenever a narrow one is due, but
 * for the first: only once that is over is it known that nothing is missing further back. For one thread at a time.
 */
final class KeylessPasses {
    private static final Logger LOG = LoggerFactory.getLogger(KeylessPasses.class);

    private final String label;
    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final ZoneInference zone;
    private final Clock clock;
    /** How much further back than others the first wide pass goes. */
    private final Duration further;
    /** When a wide pass is due; null until one has come to its end. */
    private Instant wideDue;

    private Instant narrowDue = Instant.MIN;
    /** Begun and not at its end; null if none is. */
    private KeylessPass wide;
    /** Null if none is under way. */
    private KeylessPass narrow;
    /** Null until it is known. */
    private TimeColumn column;
    /** Of the column; empty while there is no row. */
    private Optional<TimeForm> form = Optional.empty();

    private boolean hasAdvised;

    /**
     * Begins none yet.
     *
     * @param label names PBX and table in the log
     */
    KeylessPasses(String label, PbxConfig pbx, AsteriskTable table, ZoneInference zone, Clock clock, Duration further) {
        this.label = label;
        this.pbx = pbx;
        this.table = table;
        this.zone = zone;
        this.clock = clock;
        this.further = further;
    }

    /**
     * The pass of which a page is to be read next: wide at first, if that is due, and after a wide one failed.
     *
     * @param newest the time of the newest known row on the table's scale; empty if there is none
     */
    KeylessPass next(Session session, OptionalLong newest) throws SQLException {
        if (narrow != null) {
            return narrow;
        }
        if (wide == null && isWideDue()) {
            wide = begin(session, newest, true);
        } else if (wide == null || isNarrowDue(newest)) {
            narrow = begin(session, newest, false);
            return narrow;
        }
        return wide;
    }

    /** The next wide pass leaves the server as much time as this one took. */
    void completed(KeylessPass pass) {
        Instant now = clock.instant();
        narrowDue = now.plus(pbx.pollInterval());
        if (!pass.isWide()) {
            narrow = null;
            return;
        }
        wide = null;
        Instant wanted = pass.begin().plus(pbx.keyless().wideInterval());
        Instant rested = now.plus(Duration.between(pass.begin(), now));
        wideDue = rested.isAfter(wanted) ? rested : wanted;
    }

    /** The table may have been changed under them: they begin anew. */
    void failed() {
        wide = null;
        narrow = null;
    }

    /** Whether one has begun and not come to its end. */
    boolean isUnderWay() {
        return wide != null || narrow != null;
    }

    /** Whether no wide pass has come to its end. */
    boolean isFirst() {
        return wideDue == null;
    }

    /** The table as it is now. */
    KeylessTable table(Session session) throws SQLException {
        return KeylessTable.of(table, session.layout(table));
    }

    TableNow now() {
        return TableNow.of(clock.instant(), form.orElse(TimeForm.LOCAL), zone.told());
    }

    /** A moment on the table's scale. */
    long second(Instant instant) {
        return form.orElse(TimeForm.LOCAL).second(instant, zone.zone());
    }

    private boolean isWideDue() {
        return wideDue == null || !clock.instant().isBefore(wideDue);
    }

    private boolean isNarrowDue(OptionalLong newest) {
        OptionalLong position = wide.cursor().position();
        return !isFirst()
                && !clock.instant().isBefore(narrowDue)
                && newest.isPresent()
                && position.isPresent()
                && position.getAsLong() < newest.getAsLong() - back(false).toSeconds();
    }

    private KeylessPass begin(Session session, OptionalLong newest, boolean isWide) throws SQLException {
        Instant now = clock.instant();
        KeylessTable keyless = table(session);
        Optional<TimeForm> known = form(session, keyless);
        if (newest.isEmpty() || known.isEmpty()) {
            return pass(keyless, null, OptionalLong.empty(), isWide, now);
        }
        long from = newest.getAsLong() - back(isWide).toSeconds();
        String text = known.get().print(from);
        advise(session, keyless, text);
        return pass(keyless, text, OptionalLong.of(from), isWide, now);
    }

    private KeylessPass pass(KeylessTable keyless, String text, OptionalLong from, boolean isWide, Instant now) {
        int rows = pbx.limits().rowsAtOnce(pbx.batchRows());
        return new KeylessPass(keyless, new TimeCursor(keyless, text, rows), from, isWide, now);
    }

    private Duration back(boolean isWide) {
        Duration reach = pbx.keyless().reach(table.kind());
        Duration narrowest = pbx.keyless().narrow();
        Duration back = isWide || narrowest.compareTo(reach) > 0 ? reach : narrowest;
        return isFirst() ? back.plus(further) : back;
    }

    private Optional<TimeForm> form(Session session, KeylessTable keyless) throws SQLException {
        if (!keyless.time().equals(column) || form.isEmpty()) {
            form = keyless.newestTime(session).map(TimeForm::of);
            column = keyless.time();
        }
        return form;
    }

    private void advise(Session session, KeylessTable keyless, String from) {
        if (hasAdvised) {
            return;
        }
        hasAdvised = true;
        try {
            new IndexAdvice(keyless)
                    .ask(session, from)
                    .ifPresent(statement -> LOG.warn(
                            "{}: every poll reads the whole table, there is no index to find new rows by. To make one: {};",
                            label,
                            statement));
        } catch (SQLException e) {
            LOG.debug("{}: the server does not say how it looks for rows", label, e);
        }
    }
}
