package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A range that is read again, and the speed at which much is read. */
class DatabaseRangeIT {
    private static final String CEL = "asterisk.cel";
    private static final Instant FIRST = Instant.parse("2026-11-21T10:30:00Z");

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aRangeIsReadWithItsOriginsAndALittleBeyondAndNoMore(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insertHourly(database, 12);
        try (RunningTask task = RunningTask.start(range(database), offsets, Clock.systemUTC())) {
            // From 12:00 to 15:00 and two hours on, of rows at half past
            assertThat(rows(task.await(CEL, 5))).containsExactly("cel#0:3", "cel#0:4", "cel#0:5", "cel#0:6", "cel#0:7");
            await().until(() -> !isConnected(database));
            assertThat(task.counters().rows()).isEqualTo(5);
        }
        try (RunningTask task = RunningTask.start(range(database), offsets, Clock.systemUTC())) {
            task.awaitCounters(counters -> counters.turns() > 0);
            await().until(() -> !isConnected(database));
            assertThat(task.of(CEL)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aRangeEndsAtTheNewestRowThereIs(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insertHourly(database, 4);
        try (RunningTask task = RunningTask.start(range(database), offsets, Clock.systemUTC())) {
            assertThat(rows(task.await(CEL, 2))).containsExactly("cel#0:3", "cel#0:4");
            await().until(() -> !isConnected(database));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aRangeOfATableWhoseIdsBeganAgainIsOfTheEpochThatIsSet(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insertHourly(database, 4);
        Map<String, String> settings = range(database);
        settings.put("start.epochs", "cel=2");
        try (RunningTask task = RunningTask.start(settings)) {
            assertThat(rows(task.await(CEL, 2))).containsExactly("cel#2:3", "cel#2:4");
        }
    }

    @Test
    void catchingUpKeepsToItsPace() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        insertHourly(database, 100);
        long begin = System.nanoTime();
        Map<String, String> settings = database.settings("start.from", "earliest", "max.rows.per.second", "40");
        try (RunningTask task = RunningTask.start(settings)) {
            assertThat(task.await(CEL, 100)).hasSize(100);
        }
        // The last twenty come after those before them have taken their time
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    private static Map<String, String> range(TestDatabase database) {
        return database.settings("start.from", "2026-11-21T12:00:00Z", "end.at", "2026-11-21T15:00:00Z");
    }

    private static void insertHourly(TestDatabase database, int count) throws SQLException {
        database.insert(
                "cel",
                IntStream.range(0, count)
                        .mapToObj(i -> RowsOfCalls.chanStart(FIRST.plus(Duration.ofHours(i)), "1"))
                        .toList());
    }

    /** Whether its reader has a connection. */
    static boolean isConnected(TestDatabase database) throws SQLException {
        String sql = database.isPostgres()
                ? "SELECT 1 FROM pg_stat_activity WHERE usename = '" + database.reader() + "'"
                : "SELECT 1 FROM information_schema.processlist WHERE user = '" + database.reader() + "'";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next();
        }
    }

    private static List<String> rows(List<SourceRecord> records) {
        return records.stream()
                .map(record -> (Struct) record.value())
                .map(row -> row.getString("origin") + ":" + row.getInt64("position"))
                .toList();
    }
}
