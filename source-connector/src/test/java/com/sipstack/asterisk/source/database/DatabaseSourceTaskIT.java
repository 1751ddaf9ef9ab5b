package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.demopbx.Corpus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseSourceTaskIT {
    private static final String CDR = "asterisk.cdr";
    private static final String CEL = "asterisk.cel";
    private static final String GAPS = "asterisk.gaps";
    private static final String DLQ = "asterisk.dlq";

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void latestBeginsAfterTheNewestRowAndSaysSo(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cel", RowsOfCalls.cel(20));
        try (RunningTask task = RunningTask.start(database.settings("start.from", "latest"))) {
            List<SourceRecord> gaps = task.await(GAPS, 2);
            database.insert("cel", RowsOfCalls.cel(3));

            assertThat(positions(task.await(CEL, 3))).containsExactly(21L, 22L, 23L);
            assertThat(gaps)
                    .extracting(gap -> ((Struct) gap.value()).get("reason"))
                    .containsOnly("start.from=latest");
            assertThat(gaps)
                    .extracting(gap -> ((Struct) gap.value()).get("origin"))
                    .containsExactly("cdr", "cel");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void anInstantBeginsAtTheFirstEventOrEndOfLegFromThenOn(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        List<Map<String, Object>> cels = Corpus.PBX_20.rows("cel");
        List<Map<String, Object>> cdrs = Corpus.PBX_20.rows("cdr");
        database.insert("cel", cels);
        database.insert("cdr", cdrs);
        Instant instant = utc((String) cels.get(cels.size() / 2).get("eventtime"));
        try (RunningTask task = RunningTask.start(database.settings("start.from", instant.toString()))) {
            int celBefore = countUntil(cels, row -> utc((String) row.get("eventtime")), instant);
            int cdrBefore = countUntil(
                    cdrs, row -> utc((String) row.get("calldate")).plusSeconds((Integer) row.get("duration")), instant);

            assertThat(positions(task.await(CEL, cels.size() - celBefore))).isEqualTo(ids(celBefore + 1, cels.size()));
            assertThat(positions(task.await(CDR, cdrs.size() - cdrBefore))).isEqualTo(ids(cdrBefore + 1, cdrs.size()));
            assertThat(cdrBefore).isBetween(1, cdrs.size() - 1);
        }
    }

    @Test
    void anInstantAfterAllRowsBeginsAfterThem() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.insert("cel", RowsOfCalls.cel(20));
        try (RunningTask task = RunningTask.start(database.settings("start.from", "2027-06-01T00:00:00Z"))) {
            task.await(GAPS, 2);
            database.insert("cel", RowsOfCalls.cel(1));

            assertThat(positions(task.await(CEL, 1))).containsExactly(21L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void rowsWrittenWhileTheDatabaseCouldNotBeReachedAreRead(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cel", List.of(RowsOfCalls.chanStart(Instant.now().minusSeconds(60), "1")));
        try (LateServer late = new LateServer(database);
                RunningTask task = RunningTask.start(database.settings("database.url", late.jdbcUrl()))) {
            await().until(() -> late.refusals() > 1);
            database.insert("cel", List.of(RowsOfCalls.chanStart(Instant.now(), "2")));
            late.open();

            assertThat(positions(task.await(CEL, 1))).containsExactly(2L);
            assertThat(task.of(GAPS)).isNotEmpty();
        }
    }

    @Test
    void aRewindGoesBackOnceAndOnlyByTheLookback() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"), offsets, clock)) {
            for (int minutes : new int[] {0, 5, 15}) {
                clock.advance(Duration.ofMinutes(minutes));
                database.insert("cel", RowsOfCalls.cel(10));
                task.await(CEL, task.of(CEL).size() + 10);
            }
        }
        clock.advance(Duration.ofHours(3));
        Map<String, String> rewinding = database.settings("rewind.before", "2026-11-22T13:00:00Z");
        try (RunningTask task = RunningTask.start(rewinding, offsets, clock)) {
            assertThat(positions(task.await(CEL, 20))).isEqualTo(ids(11, 30));
        }
        database.insert("cel", RowsOfCalls.cel(1));
        try (RunningTask task = RunningTask.start(rewinding, offsets, clock)) {
            assertThat(positions(task.await(CEL, 1))).containsExactly(31L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void rowsThatCannotBeReadBecomeDeadLetters(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute("ALTER TABLE cdr ALTER COLUMN duration DROP DEFAULT");
        database.execute(
                database.isPostgres()
                        ? "ALTER TABLE cdr ALTER COLUMN duration TYPE VARCHAR(20)"
                        : "ALTER TABLE cdr MODIFY duration VARCHAR(20)");
        String insert = "INSERT INTO cdr (calldate, channel, duration, uniqueid, linkedid) VALUES";
        database.execute(
                insert + " ('2026-11-21 18:54:48', 'SIP/1', 'long', '1795305288.0', '1795305288.0')",
                insert + " ('2026-11-21 18:54:48', 'SIP/1', '7', '', ' ')",
                insert + " ('2026-11-21 18:54:48', 'SIP/1', '7', '1795305288.0', '')");
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"))) {
            assertThat(positions(task.await(CDR, 1))).containsExactly(3L);

            List<SourceRecord> letters = task.of(DLQ);
            assertThat(letters)
                    .extracting(letter -> headers(letter).get("sipstack.dlq.position"))
                    .containsExactly("1", "2");
            assertThat(headers(letters.get(0)))
                    .containsEntry("sipstack.dlq.reason", "column duration is not a INT32")
                    .containsEntry("sipstack.dlq.pbx", "east")
                    .containsEntry("sipstack.dlq.origin", "cdr#0");
            assertThat((Map<?, ?>) letters.get(0).value())
                    .extracting(columns -> columns.get("duration"))
                    .isEqualTo("long");
            assertThat(letters.get(1).sourceOffset().get("id")).isEqualTo(2L);
            assertThat(task.counters().tables().get("cdr").letters()).isEqualTo(2);
            assertThat(task.counters().rows()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aColumnAddedWhileReadingBecomesACustomOne(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"))) {
            database.insert("cel", RowsOfCalls.cel(1));
            task.await(CEL, 1);
            database.execute("ALTER TABLE cel ADD COLUMN Source VARCHAR(10), ADD COLUMN seats INT");
            database.execute("INSERT INTO cel (eventtype, eventtime, uniqueid, Source, seats)"
                    + " VALUES ('VIP', '2026-11-21 18:54:48.5', '1795305288.0', 'lobby', 4)");

            Struct row = (Struct) task.await(CEL, 2).get(1).value();
            assertThat(row.getMap("custom"))
                    .containsEntry("source", "lobby")
                    .containsEntry("seats", "4")
                    .hasSize(2);
            assertThat(row.getString("source")).isEqualTo("database");
            assertThat(row.getString("eventtime")).isEqualTo("2026-11-21 18:54:48.500000");
        }
    }

    @Test
    void severalTablesOfAKindAreReadEachFromItsOwnPlace() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute("CREATE TABLE cel_two LIKE cel");
        database.grantSelect();
        database.insert("cel", RowsOfCalls.cel(3));
        database.insert("cel_two", RowsOfCalls.cel(2));
        Map<String, String> settings =
                database.settings("cel.tables", "cel, cel_two", "cdr.tables", "", "start.from", "earliest");
        try (RunningTask task = RunningTask.start(settings)) {
            assertThat(task.await(CEL, 5))
                    .extracting(record -> ((Struct) record.value()).getString("origin"))
                    .containsExactlyInAnyOrder("cel#0", "cel#0", "cel#0", "cel_two#0", "cel_two#0");
        }
    }

    @Test
    void aTableThatCannotBeReadDoesNotHoldUpTheOthers() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.insert("cel", RowsOfCalls.cel(7));
        Map<String, String> settings =
                database.settings("cdr.tables", "nowhere", "start.from", "earliest", "batch.rows", "2");
        try (RunningTask task = RunningTask.start(settings)) {
            assertThat(positions(task.await(CEL, 7))).isEqualTo(ids(1, 7));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void stoppingTakesLessThanASecondThoughAQueryRuns(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        RunningTask task = RunningTask.start(database.settings("start.from", "earliest"));
        database.insert("cel", RowsOfCalls.cel(1));
        task.await(CEL, 1);
        try (Connection blocker = lock(database)) {
            await().until(() -> isReaderWaiting(database));
            long begin = System.nanoTime();
            task.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            await().until(() -> !isReaderWaiting(database));
            assertThat(blocker.isClosed()).isFalse();
        }
    }

    private static Connection lock(TestDatabase database) throws Exception {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    database.isPostgres() ? "LOCK TABLE cel IN ACCESS EXCLUSIVE MODE" : "LOCK TABLES cel WRITE");
        }
        return connection;
    }

    private static boolean isReaderWaiting(TestDatabase database) throws Exception {
        String sql = database.isPostgres()
                ? "SELECT 1 FROM pg_stat_activity WHERE usename = '" + database.reader()
                        + "' AND wait_event_type = 'Lock'"
                : "SELECT 1 FROM information_schema.processlist WHERE user = '" + database.reader()
                        + "' AND state LIKE 'Waiting%'";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next();
        }
    }

    private static int countUntil(
            List<Map<String, Object>> rows, Function<Map<String, Object>, Instant> moment, Instant instant) {
        return IntStream.range(0, rows.size())
                .filter(i -> !moment.apply(rows.get(i)).isBefore(instant))
                .findFirst()
                .orElseThrow();
    }

    private static Instant utc(String local) {
        return LocalDateTime.parse(local.replace(' ', 'T')).atZone(Corpus.ZONE).toInstant();
    }

    private static List<Long> positions(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getInt64("position"))
                .toList();
    }

    private static List<Long> ids(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Map<String, Object> headers(SourceRecord record) {
        Map<String, Object> headers = new HashMap<>();
        StreamSupport.stream(record.headers().spliterator(), false)
                .forEach((Header header) -> headers.put(header.key(), header.value()));
        return headers;
    }
}
