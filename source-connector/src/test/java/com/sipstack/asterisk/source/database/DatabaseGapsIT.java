package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are committed in another order than that of their ids, or never. */
class DatabaseGapsIT {
    private static final String CEL = "asterisk.cel";
    private static final String GAPS = "asterisk.gaps";

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aRowCommittedAfterALaterOneIsReadAndClosesItsGap(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        try (RunningTask task = start(database);
                Connection slow = writer(database)) {
            write(slow);
            database.insert("cel", RowsOfCalls.cel(2));
            assertThat(positions(task.await(CEL, 2))).containsExactly(2L, 3L);
            assertThat(gaps(task)).endsWith(":1");
            task.awaitCounters(counters -> counters.openGaps() == 1);
            slow.commit();

            assertThat(positions(task.await(CEL, 3))).containsExactly(2L, 3L, 1L);
            assertThat(gaps(task)).isEmpty();
            assertThat(lastOffset(task).get("id")).isEqualTo(3L);
            task.awaitCounters(counters -> counters.openGaps() == 0 && counters.lateRows() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTaskThatTakesOverKnowsTheGaps(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        try (Connection slow = writer(database)) {
            try (RunningTask task = start(database)) {
                write(slow);
                database.insert("cel", RowsOfCalls.cel(2));
                task.await(CEL, 2);
            }
            slow.commit();
        }
        try (RunningTask task = start(database)) {
            assertThat(positions(task.await(CEL, 1))).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTaskThatDiedBetweenTwoRowsOfABatchLosesNeither(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        try (Connection slow = writer(database)) {
            write(slow);
            database.insert("cel", RowsOfCalls.cel(1));
            write(slow);
            database.insert("cel", RowsOfCalls.cel(1));
            try (RunningTask task = start(database)) {
                SourceRecord first = task.await(CEL, 2).get(0);
                offsets.put(first.sourcePartition(), first.sourceOffset());
            }
            slow.commit();
        }
        try (RunningTask task = start(database)) {
            assertThat(positions(task.await(CEL, 3))).containsExactlyInAnyOrder(1L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aGapIsGivenUpAfterItsTimeThoughNoRowComes(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        try (RunningTask task = start(database, "gap.timeout.ms", "60000");
                Connection slow = writer(database)) {
            write(slow);
            write(slow);
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 1);
            task.awaitCounters(counters -> counters.openGaps() == 1);
            clock.advance(Duration.ofSeconds(61));

            task.awaitCounters(counters -> counters.openGaps() == 0);
            assertThat(task.counters().expiredGaps()).isEqualTo(1);
            assertThat(task.counters().expiredIds()).isEqualTo(2);
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 2);
            assertThat(gaps(task)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aGapThatIsGivenUpIsDeclaredUntilThatIsAcknowledged(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cel", List.of(RowsOfCalls.chanStart(Instant.parse("2026-11-22T09:00:00Z"), "1")));
        try (Connection slow = writer(database)) {
            write(slow);
            write(slow);
            database.insert("cel", List.of(RowsOfCalls.chanStart(Instant.parse("2026-11-22T09:10:00Z"), "2")));
            try (RunningTask task = start(database, "gap.timeout.ms", "60000")) {
                task.await(CEL, 2);
                task.awaitCounters(counters -> counters.openGaps() == 1);
            }
            clock.advance(Duration.ofSeconds(61));
            try (RunningTask task = start(database, "gap.timeout.ms", "60000")) {
                await().until(() -> task.counters().expiredGaps() == 1);
            }
            try (RunningTask task = start(database, "gap.timeout.ms", "60000")) {
                Struct gap = (Struct) task.await(GAPS, 1).get(0).value();
                assertThat(gap.getString("from")).startsWith("2026-11-22T09:00:00");
                assertThat(gap.getString("to")).startsWith("2026-11-22T09:10:00");
                assertThat(gap.getString("origin")).isEqualTo("cel#0");
                assertThat(gap.getString("reason")).isEqualTo("gap.timeout.ms has passed without rows of ids 2-3");
            }
        }
        try (RunningTask task = start(database, "gap.timeout.ms", "60000")) {
            task.awaitCounters(counters -> counters.turns() > 3);
            assertThat(task.of(GAPS)).isEmpty();
            assertThat(task.counters().openGaps()).isZero();
        }
    }

    @Test
    void aRollbackIsGivenUpAsSoonAsPostgresqlShowsThatNobodyWrites() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        try (RunningTask task = start(database);
                Connection failing = writer(database);
                Connection slow = writer(database)) {
            write(failing);
            write(slow);
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 1);
            task.awaitCounters(counters -> counters.openGaps() == 1);
            failing.rollback();
            assertThat(task.counters().expiredGaps()).isZero();
            slow.commit();

            assertThat(positions(task.await(CEL, 2))).containsExactly(3L, 2L);
            task.awaitCounters(counters -> counters.expiredIds() == 1 && counters.openGaps() == 0);
        }
    }

    @Test
    void anIdTakenLongBeforeItsRowIsWrittenIsWaitedFor() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        try (RunningTask task = start(database);
                Connection slow = writer(database);
                Statement statement = slow.createStatement()) {
            statement.execute("SELECT nextval('cel_id_seq')");
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 1);
            long turns = task.counters().turns();
            task.awaitCounters(counters -> counters.turns() > turns + 5);
            statement.execute("INSERT INTO cel (id, eventtype, eventtime, uniqueid)"
                    + " VALUES (1, 'ANSWER', now(), '1795305288.0')");
            slow.commit();

            assertThat(positions(task.await(CEL, 2))).containsExactly(2L, 1L);
        }
    }

    @Test
    void idsThatAConnectionKeepsForLaterAreWaitedFor() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute("ALTER SEQUENCE cel_id_seq CACHE 10");
        try (RunningTask task = start(database);
                Connection keeper = writer(database)) {
            write(keeper);
            keeper.commit();
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 2);
            long turns = task.counters().turns();
            task.awaitCounters(counters -> counters.turns() > turns + 5);
            assertThat(task.counters().openGaps()).isEqualTo(1);
            write(keeper);
            keeper.commit();

            assertThat(positions(task.await(CEL, 3))).containsExactly(1L, 11L, 2L);
        }
    }

    @Test
    void moreGapsThanAreAllowedTakeTheOldestAway() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.insert("cel", RowsOfCalls.cel(20));
        database.execute("DELETE FROM cel WHERE id % 2 = 1");
        try (RunningTask task = start(database, "gap.max.ranges", "4")) {
            task.await(CEL, 10);

            task.awaitCounters(counters -> counters.expiredGaps() == 6 && counters.openGaps() == 4);
        }
    }

    @Test
    void idsThatAGaleraClusterSkipsAreNoGaps() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        try (GlobalVariable step = GlobalVariable.set(database, "auto_increment_increment", 3);
                RunningTask task = start(database);
                Connection first = node(database, 1);
                Connection second = node(database, 2);
                Connection slow = node(database, 2)) {
            write(first);
            first.commit();
            write(first);
            first.commit();
            assertThat(positions(task.await(CEL, 2))).containsExactly(1L, 4L);
            assertThat(gaps(task)).isEmpty();

            write(slow);
            write(second);
            second.commit();
            task.await(CEL, 3);
            slow.commit();
            assertThat(positions(task.await(CEL, 4))).containsExactly(1L, 4L, 11L, 8L);
            assertThat(step.value()).isEqualTo(3);
        }
    }

    @Test
    void anOffsetOfTheReleaseBeforeIsGoneOnFrom() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.insert("cel", RowsOfCalls.cel(7));
        offsets.put(
                new DatabaseSourcePartition("east", "cel").toMap(),
                Map.of(
                        "version",
                        1L,
                        "id",
                        5L,
                        "epoch",
                        0L,
                        "at",
                        clock.instant().toEpochMilli(),
                        "checkpoints",
                        clock.instant().toEpochMilli() + "=0"));
        try (RunningTask task = start(database)) {
            assertThat(positions(task.await(CEL, 2))).containsExactly(6L, 7L);
        }
    }

    private RunningTask start(TestDatabase database, String... more) {
        Map<String, String> settings = database.settings(more);
        settings.put("start.from", "earliest");
        return RunningTask.start(settings, offsets, clock);
    }

    private static Connection writer(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection to which ids are given as a node of a cluster of three would. */
    private static Connection node(TestDatabase database, int number) throws SQLException {
        Connection connection = writer(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION auto_increment_increment = 3, SESSION auto_increment_offset = " + number);
        }
        return connection;
    }

    private static void write(Connection connection) throws SQLException {
        AsteriskDatabase.insert(connection, "cel", RowsOfCalls.cel(1).get(0));
    }

    private static String gaps(RunningTask task) {
        return (String) lastOffset(task).get("gaps");
    }

    private static Map<String, ?> lastOffset(RunningTask task) {
        List<SourceRecord> records = task.of(CEL);
        return records.get(records.size() - 1).sourceOffset();
    }

    private static List<Long> positions(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getInt64("position"))
                .toList();
    }
}
