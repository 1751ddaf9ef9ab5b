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

/** Decides how far back to read a keyless table next. For one thread at a time. */
final class KeylessPasses {
    private static final Logger LOG = LoggerFactory.getLogger(KeylessPasses.class);

    private final String label;
    private final PbxConfig pbx;
    private final AsteriskTable table;
    private final ZoneInference zone;
    private final Clock clock;
    /** When the last wide pass began that came to its end; null if none did. */
    private Instant lastWide;
    /** Null until it is known. */
    private TimeColumn column;
    /** Of the column; empty while there is no row. */
    private Optional<TimeForm> form = Optional.empty();

    private boolean hasAdvised;

    /** @param label names PBX and table in the log */
    KeylessPasses(String label, PbxConfig pbx, AsteriskTable table, ZoneInference zone, Clock clock) {
        this.label = label;
        this.pbx = pbx;
        this.table = table;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * The next way to go: wide at first, if that is due, and after a wide one failed.
     *
     * @param newest the time of the newest known row on the table's scale; empty if there is none
     */
    KeylessPass next(Session session, OptionalLong newest) throws SQLException {
        Instant now = clock.instant();
        boolean isWide =
                lastWide == null || !now.isBefore(lastWide.plus(pbx.keyless().wideInterval()));
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

    void completed(KeylessPass pass) {
        if (pass.isWide()) {
            lastWide = pass.begin();
        }
    }

    /** The table as it is now. */
    KeylessTable table(Session session) throws SQLException {
        return KeylessTable.of(table, session.layout(table));
    }

    TableNow now() {
        return TableNow.of(clock.instant(), form.orElse(TimeForm.LOCAL), zone.told());
    }

    private KeylessPass pass(KeylessTable keyless, String text, OptionalLong from, boolean isWide, Instant now) {
        return new KeylessPass(keyless, new TimeCursor(keyless, text, pbx.batchRows()), from, now(), isWide, now);
    }

    private Duration back(boolean isWide) {
        Duration reach = pbx.keyless().reach(table.kind());
        Duration narrow = pbx.keyless().narrow();
        return isWide || narrow.compareTo(reach) > 0 ? reach : narrow;
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
