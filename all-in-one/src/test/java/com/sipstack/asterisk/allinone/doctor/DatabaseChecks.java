package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets.Tables;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the doctor says of a database with the tables of a real Asterisk; the same of each kind of server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseChecks {
    /** Soon after the calls of the corpus. */
    private static final Clock THEN = Clock.fixed(Instant.parse("2026-11-22T02:30:00Z"), ZoneOffset.UTC);

    abstract void startDatabase() throws IOException;

    abstract AsteriskDatabase database();

    @BeforeAll
    void keepRows() throws Exception {
        startDatabase();
        database().createTables();
        database().insert("cdr", Corpus.PBX_22_PJSIP.rows("cdr"));
        database().insert("cel", Corpus.PBX_22_PJSIP.rows("cel"));
        sql("CREATE TABLE kept_cdr AS SELECT * FROM cdr", "CREATE TABLE kept_cel AS SELECT * FROM cel");
    }

    @BeforeEach
    void fillTables() throws SQLException {
        sql("DROP TABLE cdr", "DROP TABLE cel");
        database().createTables();
        sql("INSERT INTO cdr SELECT * FROM kept_cdr", "INSERT INTO cel SELECT * FROM kept_cel");
    }

    @AfterAll
    void stopDatabase() {
        database().close();
    }

    @Test
    void tablesOfTheReadmesAreInOrder() throws Exception {
        Found found = look(Optional.empty());

        found.has(Severity.OK, "logged in as " + database().user());
        found.has(Severity.OK, "cdr is read by id, which has an index");
        found.has(Severity.OK, "cel is written in UTC-05:00, by its uniqueids");
        assertThat(found.has(Severity.OK, "the newest 301 events have all kinds")
                        .area())
                .isEqualTo(Area.CEL);
        found.hasNothingWorseThan(Severity.OK);
    }

    @Test
    void strangerIsToldAndThePasswordNotShown() throws Exception {
        Tables wrong = new Tables(
                database().jdbcUrl(),
                "stranger",
                "wr0ng-passw0rd",
                Optional.of("cdr"),
                Optional.of("cel"),
                Optional.empty());

        Found found = Found.by(new DatabaseCheck(wrong, THEN), Map.of("DB_PASSWORD", "wr0ng-passw0rd"));

        assertThat(found.has(Severity.ERROR, "stranger").remedy()).contains("DB_PASSWORD");
        assertThat(found.toString()).doesNotContain("wr0ng-passw0rd");
    }

    @Test
    void databaseThatIsNotThereIsTold() throws Exception {
        String url = database().jdbcUrl().replaceFirst("[^/]*$", "nowhere");

        assertThat(look(tables(url, database().password(), "cdr", "cel", Optional.empty()))
                        .has(Severity.ERROR, "nowhere")
                        .remedy())
                .contains("DB_NAME");
    }

    @Test
    void serverThatDoesNotAnswerIsTold() throws Exception {
        String url = database().jdbcUrl().replaceFirst(":\\d+/", ":" + FreePort.any() + "/");

        assertThat(look(tables(url, database().password(), "cdr", "cel", Optional.empty()))
                        .has(Severity.ERROR, "127.0.0.1")
                        .remedy())
                .contains("DB_HOST and DB_PORT");
    }

    @Test
    void tableThatIsNotThereHidesNothingOfTheOther() throws Exception {
        Found found = look(tables(database().jdbcUrl(), database().password(), "cdrs", "cel", Optional.empty()));

        assertThat(found.has(Severity.ERROR, "there is no table cdrs").remedy()).contains("DB_TABLE_CDR");
        found.has(Severity.OK, "cel is read by id");
    }

    @Test
    void tableOfSomethingElseIsTold() throws Exception {
        Found found = look(tables(database().jdbcUrl(), database().password(), "cel", "cel", Optional.empty()));

        found.has(Severity.ERROR, "cel has no channel, disposition, calldate");
    }

    @Test
    void columnsThatAreMissingAreToldByWhatTheyCost() throws Exception {
        sql("ALTER TABLE cdr DROP COLUMN linkedid", "ALTER TABLE cel DROP COLUMN extra");

        Found found = look(Optional.empty());

        assertThat(found.has(Severity.WARNING, "cdr has no column linkedid").remedy())
                .contains("ALTER TABLE cdr ADD COLUMN linkedid");
        assertThat(found.has(Severity.WARNING, "cel has no column extra").remedy())
                .contains("Who hung up");
    }

    @Test
    void tableWithoutIdIsReadByItsTimeIfThatHasAnIndex() throws Exception {
        sql("ALTER TABLE cdr DROP COLUMN id");
        look(Optional.empty()).has(Severity.OK, "cdr is read by calldate, which has an index");

        dropIndexOfCalldate();
        assertThat(look(Optional.empty())
                        .has(Severity.WARNING, "cdr has no index that begins with calldate")
                        .remedy())
                .contains("CREATE INDEX cdr_calldate ON cdr (calldate)");
    }

    abstract void dropIndexOfCalldate() throws SQLException;

    @Test
    void wrongTimeZoneIsSeenByTheUniqueids() throws Exception {
        look(Optional.of("America/Toronto")).hasNothingWorseThan(Severity.OK);

        Found found = look(Optional.of("UTC"));
        found.has(Severity.ERROR, "cdr is written in UTC-05:00, but TIMEZONE=UTC is UTC");
        found.has(Severity.ERROR, "cel is written in UTC-05:00, but TIMEZONE=UTC is UTC");
    }

    @Test
    void uniqueidsOfAnotherProgramTellNoTimeZone() throws Exception {
        sql("UPDATE cdr SET uniqueid = 'dialler'");

        look(Optional.empty()).has(Severity.WARNING, "cdr does not show in which time zone");
    }

    @Test
    void tablesThatNobodyWritesAnyMoreAreTold() throws Exception {
        Clock later = Clock.fixed(THEN.instant().plusSeconds(5 * 86_400), ZoneOffset.UTC);
        Tables target = tables(database().jdbcUrl(), database().password(), "cdr", "cel", Optional.empty());

        Found.by(new DatabaseCheck(target, later))
                .has(Severity.WARNING, "cdr: the newest row is of a channel of 5 days ago");

        sql("DELETE FROM cel");
        look(Optional.empty()).has(Severity.WARNING, "cel is empty");
    }

    @Test
    void clockOfThePbxThatIsAheadIsTold() throws Exception {
        Clock earlier = Clock.fixed(THEN.instant().minusSeconds(2 * 86_400), ZoneOffset.UTC);
        Tables target = tables(database().jdbcUrl(), database().password(), "cdr", "cel", Optional.empty());

        Found found = Found.by(new DatabaseCheck(target, earlier));

        assertThat(found.findings().stream().filter(finding -> finding.text().contains("the PBX's clock is")))
                .hasSize(2);
    }

    @Test
    void cdrsThatComeLateAreSeenByTheEventsOfTheirCalls() throws Exception {
        sql("DELETE FROM cdr WHERE id > 10");

        assertThat(look(Optional.empty())
                        .has(Severity.WARNING, "after the newest CDR")
                        .remedy())
                .contains("batch = no", "cdr submit");
    }

    @Test
    void applicationsThatAreNotLoggedAreMissedInTheEvents() throws Exception {
        sql("DELETE FROM cel WHERE eventtype IN ('APP_START', 'APP_END')");

        Finding missing = look(Optional.empty()).has(Severity.WARNING, "have no APP_START");

        assertThat(missing.area()).isEqualTo(Area.CEL);
        assertThat(missing.remedy()).contains("apps = all");
    }

    @Test
    void userWhoMayNotReadATableIsToldTheGrant() throws Exception {
        createUserFor("cdr");
        Tables target = new Tables(
                database().jdbcUrl(), "reader", "s3cret", Optional.of("cdr"), Optional.of("cel"), Optional.empty());

        Found found = look(target);

        assertThat(found.has(Severity.ERROR, "cel may not be read").remedy()).contains("GRANT SELECT ON cel TO reader");
        found.has(Severity.OK, "cdr is read by id");
    }

    /** Makes {@code reader} with the password {@code s3cret}, who may read that table alone. */
    abstract void createUserFor(String table) throws SQLException;

    void sql(String... statements) throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Found look(Optional<String> timezone) throws Exception {
        return look(tables(database().jdbcUrl(), database().password(), "cdr", "cel", timezone));
    }

    static Found look(Tables target) throws Exception {
        return Found.by(new DatabaseCheck(target, THEN));
    }

    private Tables tables(String url, String password, String cdr, String cel, Optional<String> timezone) {
        return new Tables(url, database().user(), password, Optional.of(cdr), Optional.of(cel), timezone);
    }
}
