package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sipstack.asterisk.assembler.AssemblerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    private static final Map<String, String> LEAST = Map.of(
            "API_KEY", "sk_0123456789abcdef0123456789abcdef",
            "DB_TYPE", "mysql",
            "DB_USER", "asterisk",
            "DB_PASSWORD", "s3cret",
            "DB_NAME", "asteriskcdrdb",
            "PBX", "pbx-east");

    private static final Map<String, String> AMI = Map.of("AMI_USERNAME", "sipstack", "AMI_PASSWORD", "am1secret");

    @Test
    void theProxysPasswordIsASecret() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of(
                "HTTPS_PROXY", "http://me:se%20cret@proxy.example:3128",
                "API_CA_FILE", "/etc/ssl/proxy.pem",
                "API_RETRY_ATTEMPTS", "20"));
        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.sink())
                .containsEntry("api.proxy.url", "http://proxy.example:3128")
                .containsEntry("api.proxy.user", "me")
                .containsEntry("api.tls.ca.file", "/etc/ssl/proxy.pem")
                .containsEntry("bad.record.attempts", "20");
        assertThat(deployment.secrets()).containsEntry("api.proxy.password", "se cret");
        assertThat(deployment.sink().values()).noneMatch(value -> value.contains("se cret"));
    }

    @Test
    void noProxyIsUsedForWhatNoProxyNames() throws Exception {
        assertThat(proxyTo("https://api.corp.example/v1", "localhost, .corp.example"))
                .isNull();
        assertThat(proxyTo("https://api.corp.example/v1", "CORP.EXAMPLE")).isNull();
        assertThat(proxyTo("https://api.corp.example:8443/v1", "api.corp.example:8443"))
                .isNull();
        assertThat(proxyTo("http://127.0.0.1:8080/v1", "localhost,127.0.0.1")).isNull();
        assertThat(proxyTo("", "api-us1.sipstack.com")).isNull();
        assertThat(proxyTo("https://api.corp.example/v1", "*")).isNull();

        assertThat(proxyTo("https://api.corp.example/v1", "rp.example,api.corp.example:80,corp.example.org"))
                .isEqualTo("http://proxy.example:3128");
        assertThat(proxyTo("", "")).isEqualTo("http://proxy.example:3128");
    }

    private static String proxyTo(String url, String noProxy) throws SettingsException {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of("API_URL", url, "HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", noProxy));
        return Deployment.of(new EnvSettings(env)).sink().get("api.proxy.url");
    }

    @Test
    void aHostHasNoPortAndIsNoUrl() {
        for (String wrong : List.of("10.0.0.5:3307", "[2001:db8::5]:3307", "http://db.example.com", "root:s3cret@db")) {
            Map<String, String> env = new HashMap<>(LEAST);
            env.put("DB_HOST", wrong);

            assertThatThrownBy(() -> Deployment.of(new EnvSettings(env)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("DB_HOST: must be a host's name or address alone; the port is DB_PORT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, 2001:db8::5, jdbc:mariadb://[2001:db8::5]:3306/asteriskcdrdb",
        "mysql, [2001:db8::5], jdbc:mariadb://[2001:db8::5]:3306/asteriskcdrdb",
        "postgres, 2001:db8::5, jdbc:postgresql://[2001:db8::5]:5432/asteriskcdrdb",
        "postgres, [2001:db8::5], jdbc:postgresql://[2001:db8::5]:5432/asteriskcdrdb",
    })
    void anIpv6AddressStandsInBrackets(String type, String host, String url) throws Exception {
        assertThat(databaseUrl(type, host, "")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "postgres"})
    void aDatabaseAtAnIpv6AddressIsCalledThere(String type) throws Exception {
        try (HangsUp database = HangsUp.on("::1")) {
            String url = databaseUrl(type, "::1", Integer.toString(database.port()));

            assertThatThrownBy(() -> DriverManager.getConnection(url, "asterisk", "s3cret"))
                    .isInstanceOf(SQLException.class);
            assertThat(database.calls()).isPositive();
        }
    }

    private static String databaseUrl(String type, String host, String port) throws SettingsException {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of("DB_TYPE", type, "DB_HOST", host, "DB_PORT", port));
        return Deployment.of(new EnvSettings(env)).source().get("database.url");
    }

    @Test
    void aTypingErrorInANameIsTold() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of(
                "RECORDING_PATH", "none",
                "START_FORM", "earliest",
                "time_zone", "UTC",
                "timezone", "UTC",
                "HOME", "/root",
                "CEL_MODE", "db",
                "CEL_CSV_PATH", "/var/log/asterisk/cel-custom/Master.csv"));
        env.put("HTTP_PROXY", " ");
        EnvSettings settings = new EnvSettings(env);
        Deployment.of(settings);

        assertThat(settings.misspelt())
                .containsExactly(
                        "RECORDING_PATH is no setting and has no effect; should it be RECORDING_PATHS?",
                        "START_FORM is no setting and has no effect; should it be START_FROM?",
                        "time_zone is no setting and has no effect; should it be TIMEZONE?",
                        "timezone is no setting and has no effect; should it be TIMEZONE?");
    }

    @Test
    void aTypingErrorInTheNameOfWhatIsMissingIsTold() {
        Map<String, String> env = new HashMap<>(LEAST);
        env.put("API_KYE", env.remove("API_KEY"));
        EnvSettings settings = new EnvSettings(env);

        assertThatThrownBy(() -> Deployment.of(settings)).hasMessageContaining("API_KEY: is missing");
        assertThat(settings.misspelt())
                .containsExactly("API_KYE is no setting and has no effect; should it be API_KEY?");
    }

    @Test
    void testDefaults() throws Exception {
        Deployment deployment = Deployment.of(new EnvSettings(LEAST));

        assertThat(deployment.source())
                .containsEntry("pbxs", "pbx-east")
                .containsEntry("database.url", "jdbc:mariadb://localhost:3306/asteriskcdrdb")
                .containsEntry("database.user", "asterisk")
                .containsEntry("cdr.tables", "cdr")
                .containsEntry("cel.tables", "cel")
                .doesNotContainKeys("recordings.tables", "start.from", "poll.interval.ms", "batch.rows", "timezone");
        assertThat(deployment.sink())
                .containsEntry("topics", "asterisk.calls")
                .containsEntry("producer.override.max.request.size", "8388608")
                .containsEntry("api.region", "us1")
                .doesNotContainKeys("api.url", "api.timeout.ms");
        assertThat(deployment.assembler())
                .doesNotContainKeys(AssemblerConfig.SHIP_COMPLETE_AFTER, AssemblerConfig.CUSTOMER_ID);
    }

    @Test
    void testExplicitMappings() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of(
                "DB_TYPE", "postgres",
                "DB_HOST", "db.example.com",
                "DB_TABLE_CDR", "calls",
                "DB_TABLE_RECORDINGS", "call_recordings",
                "CDR_POLL_INTERVAL", "2",
                "CDR_BATCH_SIZE", "500",
                "START_FROM", "earliest",
                "TIMEZONE", "America/Toronto",
                "API_ENDPOINT", "http://127.0.0.1:8080/v1",
                "API_TIMEOUT", "10"));
        env.putAll(Map.of(
                "CUSTOMER_ID", "7",
                "TENANT", "acme",
                "HOST_HOSTNAME", "voip.example.com",
                "CALL_SHIPPING_MODE", "complete",
                "SHIP_INCOMPLETE_AFTER", "60",
                "SHIP_COMPLETE_AFTER", "0"));

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.source())
                .containsEntry("database.url", "jdbc:postgresql://db.example.com:5432/asteriskcdrdb")
                .containsEntry("cdr.tables", "calls")
                .containsEntry("recordings.tables", "call_recordings")
                .containsEntry("poll.interval.ms", "2000")
                .containsEntry("batch.rows", "500")
                .containsEntry("start.from", "earliest")
                .containsEntry("timezone", "America/Toronto");
        assertThat(deployment.sink())
                .containsEntry("api.url", "http://127.0.0.1:8080/v1")
                .containsEntry("api.timeout.ms", "10000");
        assertThat(deployment.assembler())
                .containsEntry(AssemblerConfig.CUSTOMER_ID, "7")
                .containsEntry(AssemblerConfig.TENANT, "acme")
                .containsEntry("pbxs.pbx-east.hostname", "voip.example.com")
                .containsEntry(AssemblerConfig.SHIPPING_MODE, "complete")
                .containsEntry(AssemblerConfig.SHIP_INCOMPLETE_AFTER, "60000")
                .containsEntry(AssemblerConfig.SHIP_COMPLETE_AFTER, "0");
    }

    @Test
    void eventsMayBeInAFile() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of("CEL_MODE", "csv", "CEL_CSV_POLL_INTERVAL", "2", "TIMEZONE", "America/Toronto"));

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.source()).containsEntry("cdr.tables", "cdr").containsEntry("cel.tables", "");
        assertThat(deployment.files())
                .containsEntry("pbxs", "pbx-east")
                .containsEntry("cel.paths", "/var/log/asterisk/cel-custom/Master.csv")
                .containsEntry("poll.interval.ms", "2000")
                .containsEntry("timezone", "America/Toronto");
        assertThat(Deployment.of(new EnvSettings(LEAST)).files()).isEmpty();
    }

    @Test
    void whatTheManagerInterfaceTellsIsShippedInBatchesOfTheSizeThatWasSet() throws Exception {
        Map<String, String> env = new HashMap<>(Map.of("API_KEY", LEAST.get("API_KEY"), "AMI_HOST", "127.0.0.1"));
        env.putAll(
                Map.of("AMI_USERNAME", "sipstack", "AMI_PASSWORD", "s", "CDR_MODE", "batch", "CDR_BATCH_SIZE", "50"));

        assertThat(Deployment.of(new EnvSettings(env)).raw().orElseThrow()).containsEntry("batch.size", "50");
    }

    @Test
    void anEnvOfTheConnectorToTheManagerInterfaceShipsRawRecordsAsThatDidUnlessTheyAreNotWanted() throws Exception {
        Map<String, String> env = new HashMap<>(AMI);
        env.putAll(Map.of("API_KEY", LEAST.get("API_KEY"), "AMI_HOST", "127.0.0.1"));
        Deployment deployment = Deployment.of(new EnvSettings(env));
        assertThat(deployment.raw().orElseThrow()).containsEntry("raw.mode", "batch");
        assertThat(deployment.assembler()).containsEntry("raw.enabled", "true");

        env.put("CDR_MODE", "none");
        deployment = Deployment.of(new EnvSettings(env));
        assertThat(deployment.raw()).isEmpty();
        assertThat(deployment.assembler()).doesNotContainKey("raw.enabled");

        env.remove("CDR_MODE");
        env.put("CEL_MODE", "ami");
        assertThat(Deployment.of(new EnvSettings(env)).raw()).isEmpty();
    }

    @Test
    void batchesThatWereToCatchUpWithABacklogAreNoLargerThanTheConnectorTakes() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.put("CDR_BATCH_SIZE", "1000000");

        assertThat(Deployment.of(new EnvSettings(env)).source()).containsEntry("batch.rows", "10000");
    }

    @Test
    void rawRecordsAreShippedWhereTheirModeIsSet() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        assertThat(Deployment.of(new EnvSettings(env)).raw()).isEmpty();
        assertThat(Deployment.of(new EnvSettings(env)).assembler()).doesNotContainKey("raw.enabled");

        env.putAll(Map.of(
                "CDR_MODE", "batch",
                "CDR_BATCH_SIZE", "500",
                "RAW_BATCH_SIZE", "100",
                "CDR_BATCH_TIMEOUT", "20",
                "CDR_BATCH_FORCE_TIMEOUT", "3",
                "CDR_MAX_CONCURRENT", "4",
                "API_URL", "http://127.0.0.1:8080/v1"));
        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.raw().orElseThrow())
                .containsEntry("connector.class", "com.sipstack.asterisk.sink.RawSinkConnector")
                .containsEntry("topics", "asterisk.raw")
                .containsEntry("raw.mode", "batch")
                .containsEntry("batch.size", "100")
                .containsEntry("batch.timeout.ms", "20000")
                .containsEntry("batch.force.timeout.ms", "3000")
                .containsEntry("max.in.flight", "4")
                .containsEntry("api.url", "http://127.0.0.1:8080/v1")
                .containsEntry("errors.deadletterqueue.topic.name", "asterisk.dlq")
                .doesNotContainValue(LEAST.get("API_KEY"));
        assertThat(deployment.assembler()).containsEntry("raw.enabled", "true");
        assertThat(deployment.source()).containsEntry("batch.rows", "500");
        assertThat(new EnvSettings(env).withoutEffect()).isEmpty();
    }

    @Test
    void secretsStandInNoConnectorsConfiguration() throws Exception {
        Deployment deployment = Deployment.of(new EnvSettings(LEAST));

        assertThat(deployment.secrets())
                .containsEntry("database.password", "s3cret")
                .containsEntry("api.key", LEAST.get("API_KEY"));
        assertThat(deployment.source().values()).doesNotContain("s3cret");
        assertThat(deployment.sink().values()).doesNotContain(LEAST.get("API_KEY"));
    }

    @Test
    void aBlankValueIsAsGoodAsNone() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of("REGION", "", "DB_PORT", " ", "TENANT", "", "POLL_INTERVAL", ""));

        assertThat(Deployment.of(new EnvSettings(env)).sink()).containsEntry("api.region", "us1");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        Map<String, String> env = new HashMap<>(LEAST);
        env.remove("API_KEY");
        env.putAll(Map.of("DB_TYPE", "oracle", "DB_PORT", "70000", "SHIP_COMPLETE_AFTER", "soon", "PBX", "pbx east"));

        assertThatThrownBy(() -> Deployment.of(new EnvSettings(env)))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.faults())
                                .anySatisfy(fault -> assertThat(fault).startsWith("API_KEY: "))
                                .anySatisfy(fault -> assertThat(fault).startsWith("DB_TYPE: "))
                                .anySatisfy(fault -> assertThat(fault).startsWith("DB_PORT: "))
                                .anySatisfy(fault -> assertThat(fault).startsWith("SHIP_COMPLETE_AFTER: "))
                                .anySatisfy(fault -> assertThat(fault).startsWith("PBX: "))
                                .hasSize(5));
    }

    @Test
    void eventsMayComeByTheManagerInterfaceAndCdrsFromATable() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(AMI);
        env.putAll(Map.of("CEL_MODE", "ami", "AMI_TLS", "true", "AMI_CA_FILE", "/etc/ssl/pbx.pem"));

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.source()).containsEntry("cdr.tables", "cdr").containsEntry("cel.tables", "");
        assertThat(deployment.files()).isEmpty();
        assertThat(deployment.manager())
                .containsEntry("pbxs", "pbx-east")
                .containsEntry("ami.host", "localhost")
                .containsEntry("ami.port", "5038")
                .containsEntry("ami.user", "sipstack")
                .containsEntry("ami.events", "cel,hold")
                .containsEntry("ami.tls", "true")
                .containsEntry("ami.tls.ca.file", "/etc/ssl/pbx.pem")
                .doesNotContainValue("am1secret");
        assertThat(deployment.secrets()).containsEntry("ami.password", "am1secret");
    }

    @Test
    void withoutADatabaseAllIsHeardByTheManagerInterface() throws Exception {
        Map<String, String> env = withoutDatabase();
        env.putAll(AMI);
        env.putAll(Map.of("AMI_HOST", "pbx", "AMI_PORT", "5039"));

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.source()).isEmpty();
        assertThat(deployment.files()).isEmpty();
        assertThat(deployment.manager())
                .containsEntry("ami.host", "pbx")
                .containsEntry("ami.port", "5039")
                .containsEntry("ami.events", "cdr,cel,hold");
        assertThat(deployment.origin()).isEqualTo("manager interface pbx:5039");
    }

    @Test
    void withoutADatabaseAllMayBeInFiles() throws Exception {
        Map<String, String> env = withoutDatabase();
        env.put("CDR_CSV_PATH", "/var/log/asterisk/cdr-csv/Master.csv");

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.source()).isEmpty();
        assertThat(deployment.manager()).isEmpty();
        assertThat(deployment.files())
                .containsEntry("cdr.paths", "/var/log/asterisk/cdr-csv/Master.csv")
                .containsEntry("cel.paths", "/var/log/asterisk/cel-custom/Master.csv");
    }

    @Test
    void cdrsMayBeInAFileAndEventsComeByTheManagerInterface() throws Exception {
        Map<String, String> env = withoutDatabase();
        env.putAll(AMI);
        env.putAll(Map.of("CDR_CSV_PATH", "/cdr.csv", "CEL_MODE", "ami"));

        Deployment deployment = Deployment.of(new EnvSettings(env));

        assertThat(deployment.files()).containsEntry("cdr.paths", "/cdr.csv").doesNotContainKey("cel.paths");
        assertThat(deployment.manager()).containsEntry("ami.events", "cel,hold");
    }

    @Test
    void aSourceThatIsMissingOrNamedTwiceIsToldInOneLine() {
        Map<String, String> env = new HashMap<>(LEAST);
        env.put("CEL_MODE", "ami");
        assertThat(faults(env)).containsExactlyInAnyOrder("AMI_USERNAME: is missing", "AMI_PASSWORD: is missing");

        env.put("CEL_MODE", "sms");
        assertThat(faults(env)).containsExactly("CEL_MODE: 'sms' must be db, csv or ami");

        env.remove("CEL_MODE");
        env.put("CDR_CSV_PATH", "/cdr.csv");
        assertThat(faults(env))
                .containsExactly("CDR_CSV_PATH: CDRs are read from the database already; leave out this or DB_TYPE");

        assertThat(faults(withoutDatabase())).contains("DB_TYPE: is missing");
    }

    private static List<String> faults(Map<String, String> env) {
        return catchThrowableOfType(SettingsException.class, () -> Deployment.of(new EnvSettings(env)))
                .faults();
    }

    private static Map<String, String> withoutDatabase() {
        Map<String, String> env = new HashMap<>(LEAST);
        env.keySet().removeIf(name -> name.startsWith("DB_"));
        return env;
    }

    @Test
    void metricsAreServedOnLoopbackUnlessTheyAreNotWanted() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        assertThat(Deployment.of(new EnvSettings(env)).assembler())
                .containsEntry("http.host", "127.0.0.1")
                .containsEntry("http.port", "8000");

        env.putAll(Map.of("MONITORING_HOST", "0.0.0.0", "MONITORING_PORT", "9100"));
        assertThat(Deployment.of(new EnvSettings(env)).assembler())
                .containsEntry("http.host", "0.0.0.0")
                .containsEntry("http.port", "9100");

        env.put("MONITORING_ENABLED", "false");
        assertThat(Deployment.of(new EnvSettings(env)).assembler()).doesNotContainKey("http.port");
    }

    @Test
    void theConsoleIsServedOnLoopbackUnlessItIsNotWanted() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        assertThat(Deployment.of(new EnvSettings(env)).assembler())
                .containsEntry("console.host", "127.0.0.1")
                .containsEntry("console.port", "8010");

        env.putAll(Map.of(
                "CONSOLE_HOST", "0.0.0.0", "CONSOLE_PORT", "8443", "CONSOLE_TOKEN", "t", "CONSOLE_HISTORY", "3600"));
        assertThat(Deployment.of(new EnvSettings(env)).assembler())
                .containsEntry("console.host", "0.0.0.0")
                .containsEntry("console.port", "8443")
                .containsEntry("console.token", "t")
                .containsEntry("console.history.ms", "3600000");

        env.put("CONSOLE_ENABLED", "false");
        assertThat(Deployment.of(new EnvSettings(env)).assembler()).doesNotContainKey("console.port");
    }

    @Test
    void settingsWithoutEffectAreNamed() {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of("VOICEMAIL_API_KEY", "sk_1", "MAX_RECORDS_PER_POLL", "1000", "ASTERISK_CACHE_TTL", ""));

        assertThat(new EnvSettings(env).withoutEffect())
                .containsExactly(
                        "MAX_RECORDS_PER_POLL has no effect here: offsets remember what was read and a backlog is read to its end;"
                                + " MAX_ROWS_PER_SECOND (max.rows.per.second) bounds the load on the database",
                        "VOICEMAIL_API_KEY has no effect here: give it to sipstack mailcmd, in the environment that Asterisk starts it in");
    }

    @Test
    void everyVariableOfTheEarlierConnectorsHasAnEffectOrIsToldToHaveNone() throws Exception {
        for (String name : List.of("ami-all", "database-all")) {
            Map<String, String> env = EnvFile.read(Path.of("src/test/resources/incumbents/" + name + ".env"));
            String readers = Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/EnvSettings.java"))
                    + Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/Deployment.java"))
                    + Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/Recordings.java"))
                    + Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/RunCommand.java"));

            assertThat(env.keySet())
                    .allMatch(variable -> variable.matches("P[UG]ID")
                            || WithoutEffect.reason(variable).isPresent()
                            || readers.contains("\"" + variable + "\""));
        }
    }

    @Test
    void theLoadOnTheDatabaseMayBeBounded() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.put("MAX_ROWS_PER_SECOND", "300");
        assertThat(Deployment.of(new EnvSettings(env)).source()).containsEntry("max.rows.per.second", "300");

        env.put("MAX_ROWS_PER_SECOND", "-1");
        assertThat(faults(env)).containsExactly("MAX_ROWS_PER_SECOND: -1 must be 0 to 1000000");
    }

    @Test
    void theIncumbentsFiltersAndMapsGoToTheAssembler() throws Exception {
        Map<String, String> env = new HashMap<>(LEAST);
        env.putAll(Map.of(
                "INCLUDE_RAW_DATA", "true",
                "KNOWN_TRUNKS", "sbc-*,twilio",
                "DID_TENANT_MAP", "16475550120=acme",
                "CDR_FILTER_MIN_DURATION", "3",
                "ASTERISK_EXT_MAX_LENGTH", "5"));

        assertThat(Deployment.of(new EnvSettings(env)).assembler())
                .containsEntry("document.raw.rows", "true")
                .containsEntry("trunks", "sbc-*,twilio")
                .containsEntry("tenant.dids", "16475550120=acme")
                .containsEntry("cdr.filter.min.duration.seconds", "3")
                .containsEntry("extension.max.length", "5");
    }

    @Test
    void anAssemblersComplaintIsToldByTheUsersName() {
        assertThatThrownBy(() -> new AssemblerConfig(Map.of("shipping.mode", "often")))
                .satisfies(e -> assertThat(Deployment.inUsersNames(e.getMessage()))
                        .startsWith("CALL_SHIPPING_MODE: ")
                        .contains("often"));
        assertThatThrownBy(() -> new AssemblerConfig(Map.of("contexts", "{internal")))
                .satisfies(e ->
                        assertThat(Deployment.inUsersNames(e.getMessage())).startsWith("ASTERISK_CUSTOM_CONTEXTS: "));
    }

    @Test
    void ofSeveralSettingsInAComplaintTheOneItIsAboutIsNamed() {
        assertThat(complaint(Map.of("tenant.dids", "16475550120")))
                .startsWith("DID_TENANT_MAP: ")
                .contains("where key=tenant must stand");
        assertThat(complaint(Map.of("tenant.dids", "the country of a tenant"))).startsWith("DID_TENANT_MAP: ");
        assertThat(complaint(Map.of("extension.min.length", "8"))).startsWith("ASTERISK_EXT_MIN_LENGTH: ");
        assertThat(Deployment.inUsersNames(
                        new ConfigException("console.tls.keystore", "/console.p12", "password was incorrect")
                                .getMessage()))
                .startsWith("CONSOLE_TLS_KEYSTORE: ");
        assertThat(Deployment.inUsersNames("tenants are many")).isEqualTo("tenants are many");
    }

    private static String complaint(Map<String, String> settings) {
        return Deployment.inUsersNames(catchThrowableOfType(ConfigException.class, () -> new AssemblerConfig(settings))
                .getMessage());
    }

    @Test
    void aConnectorsSettingIsToldByTheUsersName() {
        assertThat(Deployment.variableOf("recordings.tables")).isEqualTo("DB_TABLE_RECORDINGS");
        assertThat(Deployment.variableOf("database.password")).isEqualTo("DB_PASSWORD");
        assertThat(Deployment.variableOf("pbxs.pbx-east.cel.tables")).isEqualTo("DB_TABLE_CEL");
        assertThat(Deployment.variableOf("tasks.max")).isEqualTo("tasks.max");
    }

    /** A server that hangs up on whoever calls. */
    private record HangsUp(ServerSocket server, AtomicInteger answered) implements AutoCloseable {
        static HangsUp on(String address) throws IOException {
            HangsUp hangsUp = new HangsUp(listenOn(address), new AtomicInteger());
            Thread thread = new Thread(hangsUp::serve, "hangs-up");
            thread.setDaemon(true);
            thread.start();
            return hangsUp;
        }

        private static ServerSocket listenOn(String address) throws IOException {
            try {
                return new ServerSocket(0, 50, InetAddress.getByName(address));
            } catch (BindException e) {
                return Assumptions.abort("this machine has no " + address + ": " + e.getMessage());
            }
        }

        int port() {
            return server.getLocalPort();
        }

        int calls() {
            return answered.get();
        }

        private void serve() {
            boolean isOpen = true;
            while (isOpen) {
                try (Socket caller = server.accept()) {
                    answered.incrementAndGet();
                    caller.shutdownOutput();
                } catch (IOException e) {
                    isOpen = !server.isClosed(); // else the caller was faster
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
