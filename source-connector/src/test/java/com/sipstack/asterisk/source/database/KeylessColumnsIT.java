package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables without id whose columns are of many types, or change. */
class KeylessColumnsIT {
    private static final String CDR = "asterisk.cdr";
    private static final String CEL = "asterisk.cel";
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-21T12:00:00");
    private static final long MICROS = 1795305288_500000L;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POSTGRESQL | TIMESTAMP        | VARCHAR(30) | 2026-11-21 18:54:4%d.5       | 2026-11-21 18:54:48.500000
                    POSTGRESQL | TIMESTAMPTZ      | INT         | 2026-11-21 18:54:4%d.5-05    | 2026-11-21T23:54:48.500Z
                    POSTGRESQL | TEXT             | VARCHAR(30) | 2026-11-21 18:54:4%d.500000  | 2026-11-21 18:54:48.500000
                    POSTGRESQL | VARCHAR(40)      | INT         | 179530528%d.500000           | 1795305288.500000
                    MARIADB    | DATETIME(6)      | VARCHAR(30) | 2026-11-21 18:54:4%d.5       | 2026-11-21 18:54:48.500000
                    MARIADB    | TIMESTAMP(6)     | INT         | 2026-11-21 18:54:4%d.5       | 2026-11-21 18:54:48.500000
                    MARIADB    | VARCHAR(30)      | VARCHAR(30) | 2026-11-21 18:54:4%d.500000  | 2026-11-21 18:54:48.500000
                    MARIADB    | DECIMAL(17,6)    | INT         | 179530528%d.500000           | 1795305288.500000
                    """)
    void eventsAreReadWhateverTheirTypesAndTimes(
            TestServers server, String time, String type, String written, String read) throws Exception {
        TestDatabase database = server.newDatabase();
        boolean isNumber = type.equals("INT");
        database.execute(
                "DROP TABLE cel",
                "CREATE TABLE cel (eventtype " + type + ", eventtime " + time
                        + ", uniqueid VARCHAR(40), channame VARCHAR(80))",
                celInsert(isNumber ? "1" : "CHAN_START", written, 8, "1795305288.0"));
        database.grantSelect();
        try (RunningTask task = start(database)) {
            Struct row = (Struct) task.await(CEL, 1).get(0).value();
            assertThat(row.getString("eventtime")).isEqualTo(read);
            assertThat(row.getInt64("event_time")).isEqualTo(MICROS);
            assertThat(row.getString("eventtype")).isEqualTo(isNumber ? "1" : "CHAN_START");
        }
        database.execute(celInsert(isNumber ? "3" : "HANGUP", written, 9, "1795305288.0"));
        try (RunningTask task = start(database)) {
            Struct row = (Struct) task.await(CEL, 1).get(0).value();
            assertThat(row.getString("eventtype")).isEqualTo(isNumber ? "3" : "HANGUP");
        }
    }

    @Test
    void aTimeWithoutSecondsFractionsIsReadFromADatetime() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute(
                "ALTER TABLE cel MODIFY eventtime DATETIME NOT NULL, DROP COLUMN id",
                "INSERT INTO cel (eventtype, eventtime, uniqueid) VALUES ('VIP', '2026-11-21 18:54:48.7', '1795305288.0')");
        try (RunningTask task = start(database)) {
            assertThat(((Struct) task.await(CEL, 1).get(0).value()).getString("eventtime"))
                    .isEqualTo("2026-11-21 18:54:48");
        }
    }

    /** The DDL of the wiki's cdr_pgsql, which has no id and no linkedid. */
    @Test
    void aTableOfCdrPgsqlIsRead() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute(
                "DROP TABLE cdr",
                "CREATE TABLE cdr (calldate timestamp with time zone NOT NULL DEFAULT now(), clid varchar(80) NOT NULL DEFAULT '',"
                        + " src varchar(80), dst varchar(80), dcontext varchar(80), channel varchar(80), dstchannel varchar(80),"
                        + " lastapp varchar(80), lastdata varchar(80), duration bigint, billsec bigint, disposition varchar(45),"
                        + " amaflags bigint, accountcode varchar(20), uniqueid varchar(32), userfield varchar(255))",
                "INSERT INTO cdr (calldate, duration, channel, uniqueid)"
                        + " VALUES ('2026-11-21 18:54:48-05', 7, 'SIP/1', '1795305288.0')");
        database.grantSelect();
        try (RunningTask task = start(database)) {
            Struct row = (Struct) task.await(CDR, 1).get(0).value();
            assertThat(row.getInt64("start_time")).isEqualTo(1795305288_000_000L);
            assertThat(row.getInt32("duration")).isEqualTo(7);
            assertThat(row.getString("linkedid")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void anIdThatIsNoNumberIsAColumnLikeAnyOther(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.execute("ALTER TABLE cdr ADD COLUMN id VARCHAR(40)");
        database.insert("cdr", List.of(KeylessCdrs.leg("one", NOON, 5)));
        database.execute("UPDATE cdr SET id = 'a-uuid'");
        try (RunningTask task = start(database)) {
            Struct row = (Struct) task.await(CDR, 1).get(0).value();
            assertThat(row.getInt64("position")).isNull();
            assertThat(row.getMap("custom")).isEqualTo(Map.of("id", "a-uuid"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void columnsMayComeAndGoWhileReading(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        try (RunningTask task = start(database)) {
            database.insert("cdr", List.of(KeylessCdrs.leg("one", NOON, 5)));
            task.await(CDR, 1);
            database.execute("ALTER TABLE cdr ADD COLUMN tenant VARCHAR(20) NOT NULL DEFAULT ''");
            database.execute(
                    "INSERT INTO cdr (calldate, uniqueid, tenant) VALUES ('2026-11-21 12:00:09', 'two', 'acme')");
            assertThat(((Struct) task.await(CDR, 2).get(1).value()).getMap("custom"))
                    .isEqualTo(Map.of("tenant", "acme"));

            // Nothing that was read says anything in these
            database.execute("ALTER TABLE cdr DROP COLUMN cnum", "ALTER TABLE cdr DROP COLUMN userfield");
            database.insert(
                    "cdr", List.of(without(KeylessCdrs.leg("three", NOON.plusMinutes(1), 5), "cnum", "userfield")));
            assertThat(uniqueids(task.await(CDR, 3))).containsExactly("one", "two", "three");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void theTimesColumnMayBeRenamedWhileReading(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        try (RunningTask task = start(database)) {
            database.insert("cdr", List.of(KeylessCdrs.leg("one", NOON, 5)));
            task.await(CDR, 1);
            database.execute(
                    database.isPostgres()
                            ? "ALTER TABLE cdr RENAME COLUMN calldate TO start"
                            : "ALTER TABLE cdr CHANGE calldate start DATETIME NOT NULL");
            database.execute("INSERT INTO cdr (start, uniqueid) VALUES ('2026-11-21 12:00:09', 'two')");

            assertThat(uniqueids(task.await(CDR, 2))).containsExactly("one", "two");
        }
    }

    @Test
    void legsOfDaysThatNoMonthHasKeepNoOtherFromBeingRead() throws Exception {
        TestDatabase database = KeylessCdrs.database(TestServers.MARIADB);
        database.execute(
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                "INSERT INTO cdr (calldate, uniqueid) VALUES ('2026-02-28 10:00:00', 'one'),"
                        + " ('2026-02-30 10:00:00', 'two'), ('2026-02-30 10:00:01', 'three'), ('2026-02-31 10:00:00', 'four'),"
                        + " ('2026-03-01 10:00:00', 'five'), ('2026-03-02 10:00:00', 'six')");
        Map<String, String> settings = database.settings("start.from", "earliest", "batch.rows", "2");
        try (RunningTask task = RunningTask.start(settings, offsets, clock)) {
            assertThat(uniqueids(task.await(CDR, 6))).containsExactly("one", "two", "three", "four", "five", "six");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatLosesItsIdIsReadOnByTime(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cdr", List.of(KeylessCdrs.asteriskLeg("one", NOON, 5)));
        try (RunningTask task = start(database)) {
            task.await(CDR, 1);
        }
        clock.advance(Duration.ofDays(1));
        database.execute("ALTER TABLE cdr DROP COLUMN id");
        database.insert("cdr", List.of(KeylessCdrs.asteriskLeg("1795370400.0", NOON.plusDays(1), 5)));
        try (RunningTask task = start(database)) {
            assertThat(uniqueids(task.await(CDR, 1))).containsExactly("1795370400.0");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatIsGivenAnIdIsReadOnByTime(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("one", NOON, 5)));
        try (RunningTask task = start(database)) {
            task.await(CDR, 1);
        }
        database.execute(
                database.isPostgres()
                        ? "ALTER TABLE cdr ADD COLUMN id SERIAL PRIMARY KEY"
                        : "ALTER TABLE cdr ADD COLUMN id INT AUTO_INCREMENT PRIMARY KEY");
        database.insert("cdr", List.of(KeylessCdrs.leg("two", NOON, 5)));
        try (RunningTask task = start(database)) {
            assertThat(uniqueids(task.await(CDR, 1))).containsExactly("two");
        }
    }

    private RunningTask start(TestDatabase database) {
        return RunningTask.start(database.settings("start.from", "earliest"), offsets, clock);
    }

    private static String celInsert(String type, String time, int second, String uniqueid) {
        return "INSERT INTO cel (eventtype, eventtime, uniqueid, channame) VALUES ('" + type + "', '"
                + time.formatted(second) + "', '" + uniqueid + "', 'SIP/1')";
    }

    private static Map<String, Object> without(Map<String, Object> row, String... columns) {
        row.keySet().removeAll(List.of(columns));
        return row;
    }

    private static List<String> uniqueids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getString("uniqueid"))
                .toList();
    }
}
