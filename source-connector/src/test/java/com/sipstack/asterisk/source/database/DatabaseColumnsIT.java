package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of other types than Asterisk's sample tables have. */
class DatabaseColumnsIT {
    private static final long MICROS = 1795305288_500000L;

    @Test
    void postgresqlColumnsReadAsTheDatabasePrintsThem() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute(
                "DROP TABLE cdr",
                "CREATE TABLE cdr (id BIGSERIAL, start TIMESTAMPTZ, duration NUMERIC(8,2), channel TEXT, disposition TEXT,"
                        + " uniqueid TEXT, amaflags SMALLINT, is_internal BOOLEAN, flags BIT(3), blob BYTEA, raw BYTEA,"
                        + " price DOUBLE PRECISION, big NUMERIC, nothing TEXT, tags JSONB)",
                "INSERT INTO cdr VALUES (7, '2026-11-21 18:54:48.5-05', 7.62, 'SIP/1', 'ANSWERED', '1795305288.0', 3, true,"
                        + " B'101', '\\x414243', '\\xff00', 0.25, 12345678901234567890, NULL, '{\"a\": 1}')");
        database.grantSelect();

        Struct row = firstCdr(database);
        assertThat(row.getInt64("position")).isEqualTo(7);
        assertThat(row.getInt64("start_time")).isEqualTo(MICROS);
        assertThat(row.getString("calldate")).isEqualTo("2026-11-21T23:54:48.500Z");
        assertThat(row.getInt32("duration")).isEqualTo(7);
        assertThat(row.getString("amaflags")).isEqualTo("3");
        assertThat(row.getMap("custom"))
                .isEqualTo(Map.of(
                        "is_internal", "true",
                        "flags", "101",
                        "blob", "ABC",
                        "raw", "\\xff00",
                        "price", "0.25",
                        "big", "12345678901234567890",
                        "tags", "{\"a\": 1}"));
    }

    @Test
    void mariaDbColumnsReadAsTheDatabasePrintsThem() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute(
                "DROP TABLE cdr",
                "CREATE TABLE cdr (ID BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, start DATETIME(3), duration DECIMAL(8,2),"
                        + " channel BLOB, disposition ENUM('ANSWERED'), uniqueid TEXT, amaflags TINYINT(1), is_internal BIT(1),"
                        + " raw VARBINARY(4), price DOUBLE, big BIGINT UNSIGNED, day DATE, moment TIMESTAMP NULL)",
                "SET SESSION sql_mode = ''",
                "INSERT INTO cdr VALUES (7, '2026-11-21 18:54:48.5', 7.62, 'SIP/1', 'ANSWERED', '1795305288.0', 3, b'1',"
                        + " x'ff00', 0.25, 18446744073709551615, '2026-11-21', '2026-11-21 02:03:04')",
                "INSERT INTO cdr (start, uniqueid) VALUES ('0000-00-00 00:00:00', 'of no time')");

        Struct row = firstCdr(database);
        assertThat(row.getInt64("start_time")).isEqualTo(MICROS);
        assertThat(row.getString("calldate")).isEqualTo("2026-11-21 18:54:48.500000");
        assertThat(row.getInt32("duration")).isEqualTo(7);
        assertThat(row.getString("channel")).isEqualTo("SIP/1");
        assertThat(row.getString("amaflags")).isEqualTo("3");
        assertThat(row.getMap("custom"))
                .containsEntry("raw", "\\xff00")
                .containsEntry("price", "0.25")
                .containsEntry("big", "18446744073709551615")
                .containsEntry("day", "2026-11-21")
                .containsEntry("moment", "2026-11-21 02:03:04");
    }

    @Test
    void aTimeThatIsNoneLeavesTheMomentOpen() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute(
                "SET SESSION sql_mode = ''",
                "INSERT INTO cdr (calldate, uniqueid) VALUES ('0000-00-00 00:00:00', 'of no time')");

        Struct row = firstCdr(database);
        assertThat(row.getInt64("start_time")).isNull();
        assertThat(row.getString("calldate")).isEqualTo("0000-00-00 00:00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30 10:00:00", "2026-00-10 10:00:00", "2026-11-00 10:00:00"})
    void aDayThatNoMonthHasLeavesTheMomentOpenAndLaterLegsAreRead(String written) throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'", insertLeg(written));

        assertNoMomentAndReadOn(database, null);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, infinity, infinity",
        "TIMESTAMP, -infinity, -infinity",
        "TIMESTAMPTZ, infinity, infinity",
        "TIMESTAMPTZ, -infinity, -infinity",
        "TIMESTAMP, 294276-01-01 00:00:00, +294276-01-01 00:00:00"
    })
    void atNoTimeAtAllLeavesTheMomentOpenAndLaterLegsAreRead(String type, String written, String read)
            throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute("ALTER TABLE cdr ALTER COLUMN calldate TYPE " + type, insertLeg(written));

        assertNoMomentAndReadOn(database, read);
    }

    private static String insertLeg(String calldate) {
        return "INSERT INTO cdr (calldate, duration, uniqueid) VALUES ('" + calldate + "', 7, '1795305288.0')";
    }

    private static void assertNoMomentAndReadOn(TestDatabase database, String calldate) throws Exception {
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"))) {
            Struct row = (Struct) task.await("asterisk.cdr", 1).get(0).value();
            assertThat(row.getString("calldate")).isEqualTo(calldate);
            assertThat(row.getInt64("start_time")).isNull();
            assertThat(row.getInt32("duration")).isEqualTo(7);

            database.execute(insertLeg("2026-11-21 18:54:48"));
            Struct next = (Struct) task.await("asterisk.cdr", 2).get(1).value();
            assertThat(next.getInt64("start_time")).isNotNull();
        }
    }

    @Test
    void malformedTextIsReadFromADatabaseThatLetsAnyBytesIn() throws Exception {
        TestDatabase database = TestDatabase.of(TestServers.POSTGRESQL.server(), "ENCODING 'SQL_ASCII' LOCALE 'C'");
        database.execute(
                "INSERT INTO cdr (clid, uniqueid) VALUES (E'Ren\\303\\251e', '1795305288.0')",
                "INSERT INTO cdr (clid, uniqueid) VALUES (E'Ren\\351e', '1795305288.0')");
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"))) {
            assertThat(task.await("asterisk.cdr", 2))
                    .extracting(record -> ((Struct) record.value()).getString("clid"))
                    .containsExactly("Ren\u00e9e", "Ren\ufffde");
        }
    }

    private static Struct firstCdr(TestDatabase database) {
        try (RunningTask task = RunningTask.start(database.settings("start.from", "earliest"))) {
            return (Struct) task.await("asterisk.cdr", 1).get(0).value();
        }
    }
}
