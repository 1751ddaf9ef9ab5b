package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.FreshCall.DueRow;
import com.sipstack.asterisk.demopbx.RecordedCall;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A PBX that goes on making calls until it is told to finish, keeps its rows while its database is away, and whose clock jumps. */
final class LabPbx {
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(250);
    private static final double SPEED = 20;
    private static final long LOOK_MS = 50;
    private static final int LOGIN_SECONDS = 5;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final AsteriskDatabase database;
    private final List<RecordedCall> recorded;
    private final FreshCall.Sequence sequence = new FreshCall.Sequence();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private final Thread thread = new Thread(this::play, "pbx");
    private volatile Duration clock = Duration.ZERO;
    private volatile boolean finishes;
    private int begun;
    private long order;

    /** @param clock how wrong it was when the call began */
    private record Due(Instant at, long order, DueRow row, Duration clock) {}

    LabPbx(AsteriskDatabase database, long seed) {
        this.database = database;
        this.recorded = new ArrayList<>(RecordedCall.of(Corpus.PBX_20).stream()
                .filter(RecordedCall::allEnded)
                .toList());
        Collections.shuffle(recorded, new Random(seed));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From now on it is so much ahead of the true time; behind it if negative. */
    void setClock(Duration ahead) {
        clock = ahead;
    }

    /** Begins no more calls, and returns when all have ended. */
    void finish() throws InterruptedException {
        finishes = true;
        thread.join();
    }

    private void play() {
        Instant next = Instant.now();
        try {
            while (!finishes || !due.isEmpty()) {
                for (; !finishes && !next.isAfter(Instant.now()); next = next.plus(BETWEEN_CALLS)) {
                    begin(next);
                }
                writeDue();
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Instant at) {
        RecordedCall call = recorded.get(begun++ % recorded.size());
        Duration wrong = clock;
        for (DueRow row :
                FreshCall.of(call, at.plus(wrong), sequence, SPEED, Corpus.ZONE).rows()) {
            due.add(new Due(at.plus(row.after()), order++, row, wrong));
        }
    }

    /** What cannot be written stays, and is tried again: as Asterisk's batches do. */
    private void writeDue() {
        List<Due> now = new ArrayList<>();
        while (!due.isEmpty() && !due.peek().at().isAfter(Instant.now())) {
            now.add(due.poll());
        }
        try {
            if (!now.isEmpty()) {
                write(now);
            }
        } catch (SQLException away) {
            due.addAll(now);
        }
    }

    private void write(List<Due> rows) throws SQLException {
        DriverManager.setLoginTimeout(LOGIN_SECONDS);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (Due row : rows) {
                AsteriskDatabase.insert(connection, row.row().table(), told(row));
            }
            connection.commit();
        }
    }

    /** A clock that jumps while a call lasts moves the times of what comes after. */
    private Map<String, Object> told(Due row) {
        Duration jump = clock.minus(row.clock());
        Map<String, Object> columns = new LinkedHashMap<>(row.row().columns());
        columns.computeIfPresent(
                "eventtime",
                (name, time) -> LocalDateTime.parse(time.toString().replace(' ', 'T'))
                        .plus(jump)
                        .format(MICROS));
        return columns;
    }
}
