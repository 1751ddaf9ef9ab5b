package com.sipstack.asterisk.allinone.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.allinone.EnvFile;
import com.sipstack.asterisk.allinone.SettingsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The incumbents' own examples, and all variables that they document. */
class MigrationTest {
    private static final Site SITE = new Site(
            "kafka:9092",
            "/var/lib/sipstack",
            "/etc/sipstack/secrets.properties",
            Optional.of("east"),
            Start.asked(Instant.parse("2026-11-22T06:00:00Z")));

    @Test
    void theDatabaseConnectorsExampleIsReadFromTheTablesOn() throws Exception {
        Migration migration = Migration.of(env("database-example"), SITE);

        assertThat(migration.incumbent()).isEqualTo(Incumbent.DATABASE);
        assertThat(migration.connectors())
                .containsOnlyKeys("sipstack-calls", "sipstack-recordings", "asterisk-database", "asterisk-recordings");
        assertThat(migration.connectors().get("asterisk-database"))
                .containsEntry("connector.class", "com.sipstack.asterisk.source.database.DatabaseSourceConnector")
                .containsEntry("pbxs", "east")
                .containsEntry("database.url", "jdbc:mariadb://localhost:3306/asterisk")
                .containsEntry("database.password", "${file:/etc/sipstack/secrets.properties:database.password}")
                .containsEntry("poll.interval.ms", "5000")
                .containsEntry("start.from", "2026-11-22T06:00:00Z")
                .containsEntry("value.converter.schemas.enable", "false");
        assertThat(migration.connectors().get("asterisk-recordings"))
                .containsEntry("recording.extensions", "wav,mp3,gsm,ogg")
                .containsEntry("after.upload", "keep");
        assertThat(migration.assembler())
                .containsEntry("customer.id", "1")
                .containsEntry("bootstrap.servers", "kafka:9092")
                .doesNotContainKeys("topics.create", "topics.partitions", "topics.replication.factor");
    }

    @Test
    void theAmiConnectorsExampleIsHeardByTheManagerInterfaceAndShipsRawRecordsToo() throws Exception {
        Migration migration = Migration.of(env("ami-example"), SITE);

        assertThat(migration.incumbent()).isEqualTo(Incumbent.AMI);
        assertThat(migration.connectors())
                .containsOnlyKeys(
                        "sipstack-calls", "sipstack-raw", "sipstack-recordings", "asterisk-ami", "asterisk-recordings");
        assertThat(migration.connectors().get("asterisk-ami"))
                .containsEntry("ami.user", "manager-sipstack")
                .containsEntry("ami.password", "${file:/etc/sipstack/secrets.properties:ami.password}");
        assertThat(migration.connectors().get("sipstack-raw")).containsEntry("raw.mode", "batch");
        assertThat(migration.connectors().get("asterisk-recordings"))
                .containsEntry("recording.extensions", "wav,mp3,gsm")
                .containsEntry("after.upload", "move");
        assertThat(migration.assembler()).containsEntry("raw.enabled", "true");
    }

    @Test
    void aBatchIsOfRowsForOneIncumbentAndOfRequestsForTheOther() throws Exception {
        Migration database = Migration.of(env("database-example"), SITE);
        Migration ami = Migration.of(env("ami-all"), SITE);

        assertThat(database.connectors().get("asterisk-database")).containsEntry("batch.rows", "100");
        assertThat(ami.connectors().get("sipstack-raw")).containsEntry("batch.size", "150");
    }

    @Test
    void whatTheAmiConnectorWasToldOfRecordingsIsCarriedOver() throws Exception {
        Migration migration = Migration.of(env("ami-all"), SITE);

        assertThat(migration.connectors().get("asterisk-recordings"))
                .containsEntry("recording.paths", "/var/spool/asterisk/monitor")
                .containsEntry("recording.extensions", "wav,mp3")
                .containsEntry("check.interval.ms", "45000")
                .containsEntry("min.size.bytes", "2048")
                .containsEntry("min.age.ms", "180000")
                .containsEntry("min.duration.ms", "5000")
                .containsEntry("max.age.ms", "43200000")
                .containsEntry("include.patterns", "queue-,out-")
                .containsEntry("exclude.patterns", "test,\\Qtemp(old)\\E")
                .containsEntry("after.upload", "delete");
        assertThat(migration.connectors().get("sipstack-recordings"))
                .containsEntry("max.in.flight", "5")
                .containsEntry("api.region", "ca1");
        assertThat(migration.assembler()).containsEntry("http.port", "8001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ami-example", "ami-all", "database-example", "database-all"})
    void noSecretStandsInWhatIsPrinted(String name) throws Exception {
        Migration migration = Migration.of(env(name), SITE);

        assertThat(migration.secrets()).isNotEmpty();
        assertThat(String.join("\n", MigrationFiles.of(migration).values()))
                .doesNotContain(migration.secrets().values());
        assertThat(Advice.of(migration, env(name), SITE).toString())
                .doesNotContain(migration.secrets().values());
    }

    @Test
    void theConsolesSecretsStayBehind() throws Exception {
        Map<String, String> variables = new TreeMap<>(env("database-example"));
        variables.put("CONSOLE_TOKEN", "a-token-of-the-night-shift");
        variables.put("CONSOLE_REPLAY_TOKEN", "a-token-of-the-day-shift");
        variables.put("CONSOLE_TLS_KEYSTORE", "/etc/sipstack/console.p12");
        variables.put("CONSOLE_TLS_KEYSTORE_PASSWORD", "k3yst0re");

        assertThat(String.join(
                        "\n", MigrationFiles.of(Migration.of(variables, SITE)).values()))
                .doesNotContain("night-shift", "day-shift", "k3yst0re");
        assertThat(leftOut(variables))
                .containsKeys("CONSOLE_TOKEN", "CONSOLE_REPLAY_TOKEN", "CONSOLE_TLS_KEYSTORE_PASSWORD")
                .doesNotContainValue(LeftOut.UNKNOWN);
    }

    @Test
    void theAmiConnectorsLinesThatStayBehindAreNamed() throws Exception {
        assertThat(leftOut("ami-all"))
                .containsOnlyKeys(
                        "LOG_LEVEL",
                        "PUID",
                        "PGID",
                        "ASTERISK_ENABLE_CACHE",
                        "ASTERISK_CACHE_TTL",
                        "CDR_MAX_MEMORY_FILE_SIZE",
                        "VOICEMAIL_API_KEY",
                        "VOICEMAIL_API_ENDPOINT",
                        "SENDMAIL_CMD",
                        "TEMP_DIR",
                        "DEBUG")
                .doesNotContainValue(LeftOut.UNKNOWN);
    }

    @Test
    void theDatabaseConnectorsLinesThatStayBehindAreNamed() throws Exception {
        assertThat(leftOut("database-all"))
                .containsOnlyKeys(
                        "LOG_LEVEL",
                        "DB_TABLE_CEL",
                        "AMI_HOST",
                        "AMI_PORT",
                        "AMI_USERNAME",
                        "AMI_PASSWORD",
                        "MAX_RECORDS_PER_POLL")
                .doesNotContainValue(LeftOut.UNKNOWN);
        assertThat(leftOut("database-example")).containsOnlyKeys("CEL_CSV_PATH");
    }

    @Test
    void aVariableThatNobodyKnowsIsNamedAndABlankOneIsNot() throws Exception {
        Map<String, String> variables = new TreeMap<>(env("database-example"));
        variables.put("FAVOURITE_COLOUR", "blue");

        assertThat(leftOut(variables))
                .containsEntry("FAVOURITE_COLOUR", LeftOut.UNKNOWN)
                .doesNotContainKeys("TENANT", "HOST_HOSTNAME");
    }

    @Test
    void allFaultsAreSaidAtOnce() throws Exception {
        Map<String, String> variables = new TreeMap<>(env("database-example"));
        variables.remove("API_KEY");
        variables.put("RECORDING_MIN_AGE_MINUTES", "soon");

        assertThatThrownBy(() -> Migration.of(variables, SITE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("API_KEY: is missing");
        variables.put("API_KEY", "sk_1234567890abcdef1234567890abcdef");
        assertThatThrownBy(() -> Migration.of(variables, SITE))
                .hasMessage("RECORDING_MIN_AGE_MINUTES: 'soon' must be a whole number");
    }

    @Test
    void aDatabaseOnTheOldContainersMachineIsPointedAt() throws Exception {
        Migration migration = Migration.of(env("database-example"), SITE);

        List<String> advice = Advice.of(migration, env("database-example"), SITE);

        assertThat(advice)
                .anySatisfy(line -> assertThat(line).startsWith("Address: DB_HOST is 'localhost'"))
                .anySatisfy(line -> assertThat(line).startsWith("Host name: HOST_HOSTNAME is not set"))
                .anySatisfy(line -> assertThat(line).startsWith("Start: rows from 2026-11-22T06:00:00Z"));
    }

    private static Map<String, String> leftOut(String name) throws Exception {
        return leftOut(env(name));
    }

    private static Map<String, String> leftOut(Map<String, String> variables) throws Exception {
        return LeftOut.of(variables, SITE).stream()
                .collect(Collectors.toMap(LeftOut.Line::variable, LeftOut.Line::reason));
    }

    private static Map<String, String> env(String name) throws Exception {
        return EnvFile.read(Path.of(
                MigrationTest.class.getResource("/incumbents/" + name + ".env").toURI()));
    }
}
