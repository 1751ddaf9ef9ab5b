package com.sipstack.asterisk.demopbx;

import com.sipstack.asterisk.demopbx.FreshCall.DueRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays recorded calls into a database's tables as a PBX would: new calls begin at a rate, and each row is written when it was due.
 * The thread that calls {@link #play} does the work.
 */
public final class PbxPlayer {
    private final AsteriskDatabase database;
    private final Clock clock;
    private final double callsPerSecond;
    private final double speed;
    private final FreshCall.Sequence sequence = new FreshCall.Sequence();

    /** A row and the moment at which it must be written. */
    private record Due(Instant at, long order, DueRow row) {}

    /**
     * @param callsPerSecond how many calls begin in a second
     * @param speed how much faster than in reality a call's rows arrive
     */
    public PbxPlayer(AsteriskDatabase database, Clock clock, double callsPerSecond, double speed) {
        this.database = database;
        this.clock = clock;
        this.callsPerSecond = callsPerSecond;
        this.speed = speed;
    }

    /**
     * Takes calls until there are as many linkedids as asked for, never more, going round as often as it takes.
     *
     * @throws IllegalArgumentException if no recorded call is small enough to reach the number
     */
    public static List<RecordedCall> choose(List<RecordedCall> recorded, int calls) {
        List<RecordedCall> chosen = new ArrayList<>();
        int left = calls;
        while (left > 0) {
            int before = left;
            for (RecordedCall call : recorded) {
                if (call.linkedids().size() <= left) {
                    chosen.add(call);
                    left -= call.linkedids().size();
                }
            }
            if (left == before) {
                throw new IllegalArgumentException("no recorded call fits into " + left);
            }
        }
        return chosen;
    }

    /**
     * Plays all calls to their last row.
     *
     * @param calls may be endless; one is taken when it is time for it to begin
     * @param begun told of each call before its first row is written
     * @throws InterruptedException if interrupted, which is the way to stop it early
     */
    public void play(Iterator<RecordedCall> calls, Consumer<FreshCall> begun)
            throws SQLException, InterruptedException {
        Duration between = Duration.ofNanos((long) (TimeUnit.SECONDS.toNanos(1) / callsPerSecond));
        PriorityQueue<Due> due = new PriorityQueue<>(
                (a, b) -> a.at().equals(b.at()) ? Long.compare(a.order(), b.order()) : a.at().compareTo(b.at()));
        long order = 0;
        Instant nextCall = clock.instant();
        try (Connection connection = database.connect()) {
            while (calls.hasNext() || !due.isEmpty()) {
                Instant now = clock.instant();
                while (calls.hasNext() && !nextCall.isAfter(now)) {
                    FreshCall call = FreshCall.of(calls.next(), nextCall, sequence, speed, zone());
                    begun.accept(call);
                    for (DueRow row : call.rows()) {
                        due.add(new Due(nextCall.plus(row.after()), order++, row));
                    }
                    nextCall = nextCall.plus(between);
                }
                writeDue(connection, due, now);
                pause(now, calls.hasNext() ? nextCall : null, due.peek());
            }
        }
    }

    private static void writeDue(Connection connection, PriorityQueue<Due> due, Instant now) throws SQLException {
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            DueRow row = due.poll().row();
            AsteriskDatabase.insert(connection, row.table(), row.columns());
        }
    }

    private static void pause(Instant now, Instant nextCall, Due nextRow) throws InterruptedException {
        Instant next = nextCall;
        if (nextRow != null && (next == null || nextRow.at().isBefore(next))) {
            next = nextRow.at();
        }
        if (next != null) {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, Duration.between(now, next).toNanos()));
        }
    }

    private static ZoneId zone() {
        return Corpus.ZONE;
    }
}
