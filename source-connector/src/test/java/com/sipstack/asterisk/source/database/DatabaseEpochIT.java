package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Tables whose ids begin again, and tables that only seem so. */
class DatabaseEpochIT {
    private static final String CEL = "asterisk.cel";

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTruncatedTableIsReadAnewAsAnotherOrigin(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 5);
        try (RunningTask task = start(database)) {
            task.await(CEL, 5);
            truncate(database);
            insert(database, "new", 2);

            assertThat(rows(task.await(CEL, 7)).subList(5, 7)).containsExactly("cel#1:1", "cel#1:2");
            assertThat(task.counters().epochs()).isEqualTo(1);
        }
        insert(database, "newer", 1);
        try (RunningTask task = start(database)) {
            assertThat(rows(task.await(CEL, 1))).containsExactly("cel#1:3");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatWasReplacedByALongerOneIsNoticedToo(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 5);
        try (RunningTask task = start(database)) {
            task.await(CEL, 5);
        }
        truncate(database);
        insert(database, "new", 7);
        try (RunningTask task = start(database)) {
            assertThat(rows(task.await(CEL, 7))).startsWith("cel#1:1").endsWith("cel#1:7");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatWasReplacedByALongerOneIsNoticedThoughItHasNoRowOfTheLastId(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 5);
        try (RunningTask task = start(database)) {
            task.await(CEL, 5);
        }
        truncate(database);
        insert(database, "new", 7);
        database.execute("DELETE FROM cel WHERE id = 5");
        try (RunningTask task = start(database)) {
            assertThat(rows(task.await(CEL, 6))).startsWith("cel#1:1").endsWith("cel#1:7");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatWasReplacedByOneOfAsManyRowsIsNoticedThoughItsNewestIdIsTheSame(TestServers server)
            throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 1);
        try (RunningTask task = start(database)) {
            task.await(CEL, 1);
            awaitTurns(task);
            truncate(database);
            insert(database, "new", 1);

            assertThat(rows(task.await(CEL, 2)).subList(1, 2)).containsExactly("cel#1:1");
            insert(database, "new", 1);
            assertThat(rows(task.await(CEL, 3)).subList(2, 3)).containsExactly("cel#1:2");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aQuietTableThatIsTakenAwayKeepsTheOtherFromNothing(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 1);
        try (RunningTask task = start(database)) {
            task.await(CEL, 1);
            awaitTurns(task);
            database.execute("DROP TABLE cdr");
            insert(database, "new", 1);

            assertThat(rows(task.await(CEL, 2)).subList(1, 2)).containsExactly("cel#0:2");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void rowsThatWereArchivedAwayChangeNothing(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 5);
        try (RunningTask task = start(database)) {
            task.await(CEL, 5);
            database.execute("DELETE FROM cel WHERE id < 4");
            awaitTurns(task);
            database.execute("DELETE FROM cel");
            awaitTurns(task);
            insert(database, "new", 2);

            assertThat(rows(task.await(CEL, 7)).subList(5, 7)).containsExactly("cel#0:6", "cel#0:7");
            assertThat(task.counters().epochs()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void theNewestRowsMayBeMissingForAWhile(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 9);
        try (RunningTask task = start(database)) {
            task.await(CEL, 9);
        }
        database.execute("DELETE FROM cel WHERE id > 7");
        try (RunningTask task = start(database)) {
            awaitTurns(task);
            insert(database, "new", 1);

            assertThat(rows(task.await(CEL, 1))).containsExactly("cel#0:10");
            assertThat(task.counters().epochs()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aBackupThatGoesOnUnderUsedIdsIsReadAnewFromWhatItHasInCommon(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        insert(database, "old", 9);
        try (RunningTask task = start(database)) {
            task.await(CEL, 9);
            database.execute("DELETE FROM cel WHERE id > 6");
            database.execute(
                    database.isPostgres()
                            ? "ALTER SEQUENCE cel_id_seq RESTART WITH 7"
                            : "ALTER TABLE cel AUTO_INCREMENT = 7");
            insert(database, "new", 3);

            assertThat(rows(task.await(CEL, 13)).subList(9, 13))
                    .containsExactly("cel#1:6", "cel#1:7", "cel#1:8", "cel#1:9");
            assertThat(task.counters().epochs()).isEqualTo(1);
        }
    }

    @Test
    void aReplicaThatLagsByManyRowsIsWaitedFor() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute("INSERT INTO cel (eventtype, eventtime, uniqueid, linkedid) SELECT 'CHAN_START', now(),"
                + " extract(epoch FROM now())::bigint || '.' || n, '' FROM generate_series(1, 20000) n");
        try (RunningTask task = start(database)) {
            task.await(CEL, 20_000);
            database.execute("DELETE FROM cel WHERE id > 2000");
            awaitTurns(task);
            insert(database, "later", 1);

            assertThat(rows(task.await(CEL, 20_001))).endsWith("cel#0:20001");
            assertThat(task.counters().epochs()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatIsJustBeingRestoredRowByRowIsNotTakenForAnother(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        List<Map<String, Object>> ofLastYear = starts(Instant.now().minus(Duration.ofDays(365)), "old", 9);
        List<Map<String, Object>> ofToday = starts(Instant.now(), "today", 3);
        database.insert("cel", ofLastYear);
        try (RunningTask task = RunningTask.start(database.settings("start.from", "latest"))) {
            task.await("asterisk.gaps", 2);
            database.insert("cel", ofToday);
            task.await(CEL, 3);
            truncate(database);
            database.insert("cel", ofLastYear.subList(0, 3));
            awaitTurns(task);
            database.insert("cel", ofLastYear.subList(3, 9));
            database.insert("cel", ofToday);
            insert(database, "later", 1);

            assertThat(rows(task.await(CEL, 4))).endsWith("cel#0:12", "cel#0:13");
            assertThat(task.counters().epochs()).isZero();
        }
    }

    private RunningTask start(TestDatabase database) {
        return RunningTask.start(database.settings("start.from", "earliest"), offsets, Clock.systemUTC());
    }

    private static void insert(TestDatabase database, String number, int count) throws Exception {
        database.insert("cel", starts(Instant.now(), number, count));
    }

    private static List<Map<String, Object>> starts(Instant moment, String number, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RowsOfCalls.chanStart(moment, number.hashCode() + "" + i))
                .toList();
    }

    private static void truncate(TestDatabase database) throws Exception {
        database.execute(database.isPostgres() ? "TRUNCATE cel RESTART IDENTITY" : "TRUNCATE cel");
    }

    private static void awaitTurns(RunningTask task) {
        long turns = task.counters().turns();
        task.awaitCounters(counters -> counters.turns() > turns + 2);
    }

    private static List<String> rows(List<SourceRecord> records) {
        return records.stream()
                .map(record -> (Struct) record.value())
                .map(row -> row.getString("origin") + ":" + row.getInt64("position"))
                .toList();
    }
}
