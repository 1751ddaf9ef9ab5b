package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many writers of CEL rows at once, each in transactions that take their time and sometimes fail. */
final class WriterStorm implements AutoCloseable {
    private static final int WRITERS = 8;
    private static final Instant MOMENT = Instant.parse("2026-11-21T23:54:48Z");

    private final TestDatabase database;
    private final Shape shape;
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<Set<String>>> writers = new ArrayList<>();

    /**
     * What the writers do.
     *
     * @param transactions of each writer
     * @param longSeconds how long every tenth transaction or so takes at most
     */
    record Shape(int transactions, double longSeconds) {
        /** About as many rows are committed, or some more. */
        int rows() {
            return WRITERS * transactions;
        }
    }

    private WriterStorm(TestDatabase database, Shape shape) {
        this.database = database;
        this.shape = shape;
    }

    static WriterStorm start(TestDatabase database, Shape shape, long seed) {
        WriterStorm storm = new WriterStorm(database, shape);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            storm.writers.add(storm.threads.submit(() -> storm.write(writer, new Random(seed + writer))));
        }
        return storm;
    }

    boolean isOver() {
        return writers.stream().allMatch(Future::isDone);
    }

    /** The uniqueids of all rows that were committed, once all writers are done. */
    Set<String> committed() throws Exception {
        Set<String> committed = new HashSet<>();
        for (Future<Set<String>> writer : writers) {
            committed.addAll(writer.get());
        }
        return committed;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Set<String> write(int writer, Random random) throws SQLException {
        Set<String> committed = new HashSet<>();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < shape.transactions(); i++) {
                List<String> written = writeRows(connection, writer + "0000" + i, random);
                if (random.nextInt(8) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAll(written);
                }
            }
        }
        return committed;
    }

    private List<String> writeRows(Connection connection, String number, Random random) throws SQLException {
        List<String> written = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            AsteriskDatabase.insert(connection, "cel", RowsOfCalls.chanStart(MOMENT, number + "00" + i));
            written.add(MOMENT.getEpochSecond() + "." + number + "00" + i);
            takeTime(connection, random);
        }
        return written;
    }

    private void takeTime(Connection connection, Random random) throws SQLException {
        boolean isLong = random.nextInt(20) == 0;
        double seconds = isLong ? shape.longSeconds() * (1 + random.nextDouble()) / 2 : random.nextDouble() / 50;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT " + (database.isPostgres() ? "pg_sleep(" : "SLEEP(") + seconds + ")");
        }
    }
}
