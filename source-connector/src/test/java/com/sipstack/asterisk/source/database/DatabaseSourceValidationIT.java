package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.embedded.FreePort;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseSourceValidationIT {
    private final DatabaseSourceConnector connector = new DatabaseSourceConnector();

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aUserWithSelectOnlySuffices(TestServers server) throws Exception {
        assertThat(errors(server.newDatabase().settings())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aWrongPasswordIsRefusedAtThePbxsOwnSetting(TestServers server) throws Exception {
        Map<String, String> settings = server.newDatabase().settings("pbxs.east.database.password", "not the one");

        assertThat(errors(settings)).containsOnlyKeys("pbxs.east.database.password");
        assertThat(oneLine(errors(settings), "pbxs.east.database.password"))
                .contains("PBX east")
                .doesNotContain("not the one");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aWrongPasswordIsRefusedAtTheSharedSettingIfItCameFromThere(TestServers server) throws Exception {
        assertThat(errors(server.newDatabase().settings("database.password", "not the one")))
                .containsOnlyKeys("database.password");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aMissingPasswordIsRefused(TestServers server) throws Exception {
        assertThat(errors(server.newDatabase().settings("database.password", "")))
                .containsOnlyKeys("database.password");
    }

    @Test
    void anAddressThatTheDriverDoesNotUnderstandIsRefused() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();

        assertThat(errors(database.settings("database.url", "jdbc:postgresql://db.example:port/asterisk")))
                .containsOnlyKeys("database.url");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void anUnknownDatabaseIsRefused(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        Map<String, String> settings = database.settings(
                "database.url", database.jdbcUrl().replace(database.name(), "nowhere"),
                "database.user", database.user(),
                "database.password", database.password());

        assertThat(errors(settings)).containsOnlyKeys("database.url");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aMissingTableIsRefused(TestServers server) throws Exception {
        Map<String, String> settings = server.newDatabase().settings("pbxs.east.cel.tables", "cel,cel_archive");

        assertThat(oneLine(errors(settings), "pbxs.east.cel.tables")).contains("cel_archive");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aMissingColumnIsRefused(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute("ALTER TABLE cdr DROP COLUMN uniqueid", "ALTER TABLE cel DROP COLUMN channame");

        assertThat(errors(database.settings())).containsOnlyKeys("cdr.tables", "cel.tables");
        assertThat(oneLine(errors(database.settings()), "cdr.tables")).contains("table cdr has no column uniqueid");
        assertThat(oneLine(errors(database.settings()), "cel.tables")).contains("table cel has no column channame");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aMissingGrantIsRefused(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute(
                database.isPostgres()
                        ? "REVOKE SELECT ON cel FROM " + database.reader()
                        : "REVOKE SELECT ON " + database.name() + ".* FROM " + database.reader());
        if (!database.isPostgres()) {
            database.execute("GRANT SELECT ON " + database.name() + ".cdr TO " + database.reader());
        }

        assertThat(errors(database.settings())).containsOnlyKeys("cel.tables");
        assertThat(oneLine(errors(database.settings()), "cel.tables"))
                .contains("denied")
                .contains("cel");
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableThatCallsTheStartOfALegStartIsAccepted(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute(
                database.isPostgres()
                        ? "ALTER TABLE cdr RENAME COLUMN calldate TO start"
                        : "ALTER TABLE cdr CHANGE calldate start DATETIME NOT NULL");

        assertThat(errors(database.settings())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableWithoutIdIsAcceptedIfItHasATime(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.execute("CREATE TABLE recordings (filename VARCHAR(200))");
        database.grantSelect();

        assertThat(errors(database.settings())).isEmpty();
        assertThat(oneLine(errors(database.settings("recordings.tables", "recordings")), "recordings.tables"))
                .contains("table recordings has no column calldate");
    }

    @Test
    void aTableOfRecordingsThatNamesNoFileIsRefused() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        database.execute("CREATE TABLE recordings (id INT, uniqueid VARCHAR(40))");

        assertThat(oneLine(errors(database.settings("recordings.tables", "recordings")), "recordings.tables"))
                .contains("table recordings has no column file_name");
    }

    @Test
    void aColumnOfNodesThatIsNotThereIsRefused() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.execute("ALTER TABLE cel ADD COLUMN server VARCHAR(20)");

        assertThat(oneLine(errors(database.settings("node.from", "column:server")), "node.from"))
                .contains("table cdr has no column server");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNoError() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        Map<String, String> settings = database.settings(
                "pbxs",
                "east,west,north,south",
                "pbxs.west.database.url",
                "jdbc:postgresql://127.0.0.1:" + FreePort.any() + "/asterisk",
                "pbxs.north.database.url",
                "jdbc:mariadb://127.0.0.1:" + FreePort.any() + "/asterisk",
                "pbxs.south.database.url",
                "jdbc:mysql://nowhere.invalid/asterisk");

        assertThat(errors(settings)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aUserWhoHasNoConnectionLeftIsNoError(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute("ALTER USER " + database.reader() + " WITH MAX_USER_CONNECTIONS 1");
        try (Connection only = connect(database)) {
            assertThat(only.isValid(0)).isTrue();
            assertThatThrownBy(() -> connect(database).close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1226));

            assertThat(errors(database.settings())).isEmpty();
        }
    }

    @Test
    void mySqlAddressesAreReadByMariaDbsDriver() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        Map<String, String> settings =
                database.settings("database.url", database.jdbcUrl().replace("mariadb", "mysql"));
        assertThat(errors(settings)).isEmpty();
        assertThat(errors(settingsWith(settings, "database.user", "nobody"))).containsOnlyKeys("database.password");
    }

    /** As the reader. */
    private static Connection connect(TestDatabase database) throws SQLException {
        Password password = new Password(TestDatabase.READER_PASSWORD);
        return Dialect.connect(
                new DatabaseLogin(database.jdbcUrl(), database.reader(), password, Duration.ofSeconds(10)));
    }

    private static Map<String, String> settingsWith(Map<String, String> settings, String key, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(key, value);
        return changed;
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        Map<String, List<String>> errors = new HashMap<>();
        for (ConfigValue value : connector.validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }

    private static String oneLine(Map<String, List<String>> errors, String key) {
        assertThat(errors).containsKey(key);
        assertThat(errors.get(key)).singleElement().asString().doesNotContain("\n");
        return errors.get(key).get(0);
    }
}
