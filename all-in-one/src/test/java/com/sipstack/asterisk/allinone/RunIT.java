package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sipstack run} against a MariaDB that a PBX writes into, and against its manager interface. */
class RunIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int WRONG_SETTINGS = 2;

    private static MariaDbServer database;

    @TempDir
    Path directory;

    private StubApi api;
    private int monitoringPort;
    private int consolePort;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = MariaDbServer.start();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void createTables() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS cdr, cel");
        }
        database.createTables();
        api = StubApi.start();
        monitoringPort = FreePort.any();
        consolePort = FreePort.any();
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void everyCallOfTheCorpusArrivesOnceThoughTheProcessIsKilledInTheMiddle() throws Exception {
        writeCorpus(0, 0.5);
        try (SipstackProcess run = run(Map.of())) {
            awaitCompleteCalls(20);
            run.kill();
        }
        writeCorpus(0.5, 1);
        try (SipstackProcess run = run(Map.of())) {
            run.awaitLine("did not stop in order");
            awaitCompleteCalls(80);
            Awaitility.await().atMost(LIMIT).until(() -> api.calls().size() == 83);

            assertThat(linkedids(api.calls())).isEqualTo(linkedidsOfCorpus());
            assertThat(linkedids(callsThatGoOn()))
                    .containsExactly("1795306341.3659", "1795306341.3660", "1795306345.3677");
            assertThat(run.terminate()).isLessThan(STOP_LIMIT);
        }
        assertThat(api.stats().outOfOrder()).isZero();
        assertThat(api.stats().conflicts()).isZero();
        assertThat(api.stats().refused()).isZero();

        long documents = api.stats().documents();
        // As settings that ran before are, whatever became of the key meanwhile: nobody may be there to mend it
        api.faults().add(Fault.status(401));
        try (SipstackProcess run = run(Map.of())) {
            run.awaitLine("Running");
            run.awaitLine("API_KEY: ");
            refuseASecondStart();
            run.terminate();
        }
        assertThat(api.stats().documents()).isEqualTo(documents);
    }

    @Test
    void withoutADatabaseEveryCallIsHeardByTheManagerInterface() throws Exception {
        try (AmiServer pbx = new AmiServer();
                SipstackProcess run = runWithoutDatabase(pbx)) {
            run.awaitLine("Running: PBX pbx-east from manager interface 127.0.0.1:" + pbx.port());
            run.awaitLine("is heard"); // by the task: validation logs in before it
            pbx.say(Corpus.PBX_20.managerEvents());

            awaitCompleteCalls(80);
            Awaitility.await().atMost(LIMIT).until(() -> linkedids(api.calls()).containsAll(linkedidsOfCorpus()));
            assertThat(run.terminate()).isLessThan(STOP_LIMIT);
        }
    }

    @Test
    void eventsByTheManagerInterfaceAndCdrsOfATableMakeOneDocument() throws Exception {
        try (AmiServer pbx = new AmiServer();
                SipstackProcess run = run(Map.of(
                        "CEL_MODE",
                        "ami",
                        "CDR_MODE",
                        "batch",
                        "CDR_FILTER_ENABLED",
                        "false",
                        "RECORDING_PATHS",
                        Files.createDirectory(directory.resolve("monitor")).toString(),
                        "AMI_HOST",
                        "127.0.0.1",
                        "AMI_PORT",
                        Integer.toString(pbx.port()),
                        "AMI_USERNAME",
                        AmiServer.USER,
                        "AMI_PASSWORD",
                        AmiServer.SECRET))) {
            run.awaitLine("Running");
            run.awaitLine("is heard"); // by the task: validation logs in before it
            assertThat(pbx.eventMasks()).containsOnly("call");
            database.insert("cdr", Corpus.PBX_20.rows("cdr"));
            pbx.say(Corpus.PBX_20.managerEvents());

            awaitCompleteCalls(80);
            operatorsSeeAllOfIt(new OperatorPages(monitoringPort));
            theConsoleKnowsHowTheDeliveryGoes(new OperatorPages(consolePort));
        }
    }

    @Test
    void aWrongSecretOfTheManagerInterfaceIsToldInOneLine() throws Exception {
        try (AmiServer pbx = new AmiServer();
                SipstackProcess run = runWithoutDatabase(pbx, "AMI_PASSWORD", "guess")) {
            assertThat(run.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(run.output())
                    .filteredOn(line -> line.startsWith("sipstack: "))
                    .singleElement()
                    .asString()
                    .startsWith("sipstack: AMI_USERNAME, AMI_PASSWORD: ")
                    .contains("127.0.0.1:" + pbx.port(), "Authentication failed", "manager.conf");
            assertThat(String.join("\n", run.output())).doesNotContain("guess");
        }
    }

    @Test
    void aWrongPasswordIsToldInOneLine() throws Exception {
        try (SipstackProcess run = run(Map.of("DB_PASSWORD", "guess"))) {
            assertThat(run.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(run.output())
                    .filteredOn(line -> line.startsWith("sipstack: DB_"))
                    .hasSize(1);
            assertThat(String.join("\n", run.output())).doesNotContain("guess");
        }
    }

    @Test
    void aMissingTableAndAWrongKeyAreToldInOneLineEach() throws Exception {
        try (SipstackProcess run = run(Map.of("DB_TABLE_CEL", "channel_events", "API_KEY", "my-key"))) {
            assertThat(run.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(run.output())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("sipstack: DB_TABLE_CEL: ")
                            .contains("channel_events"))
                    .anySatisfy(line -> assertThat(line).startsWith("sipstack: API_KEY: "))
                    .filteredOn(line -> line.startsWith("sipstack: "))
                    .hasSize(2);
            assertThat(String.join("\n", run.output())).doesNotContain("my-key");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        try (SipstackProcess run = run(Map.of("DB_PORT", "1"))) {
            run.awaitLine("Running");
            assertThat(run.output())
                    .anySatisfy(line -> assertThat(line).contains("WARN").contains("127.0.0.1"));
            assertThat(run.isAlive()).isTrue();
            assertThat(run.terminate()).isLessThan(STOP_LIMIT);
        }
    }

    @Test
    void whatIsMissingIsToldAtOnce() throws Exception {
        Files.writeString(directory.resolve(".env"), "DB_TYPE=mysql\n");
        try (SipstackProcess run = SipstackProcess.start(directory, "run")) {
            assertThat(run.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(run.output())
                    .contains(
                            "sipstack: API_KEY: is missing",
                            "sipstack: DB_NAME: is missing",
                            "sipstack: DB_USER: is missing");
        }
    }

    /** Of a table, of the manager interface and of recordings, of the assembler, the sink and Connect. */
    private static void operatorsSeeAllOfIt(OperatorPages pages) throws Exception {
        assertThat(pages.get("/health").statusCode()).isEqualTo(200);
        assertThat(pages.get("/ready").body()).contains("\"up\"");
        assertThat(pages.containersHealthCheck()).isZero();
        int cdrs = Corpus.PBX_20.rows("cdr").size();
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(pages.get("/metrics").body())
                        .containsPattern("cdrs_sent_total\\{.*} " + cdrs)
                        .containsPattern("cdrs_failed_total\\{.*} 0"));
        assertThat(pages.get("/metrics").body())
                .contains("sipstack_connect_task_status{connector=\"asterisk-ami\",status=\"running\",task=\"0\"} 1.0")
                .containsPattern("sipstack_source_rows_read_total\\{.*table=\"cdr\".*} " + cdrs)
                .containsPattern("cdrs_processed_total\\{.*} " + cdrs)
                .contains("ami_connection_status{connector=\"asterisk-ami\",pbx=\"pbx-east\",task=\"0\"} 1.0")
                .contains(
                        "database_connection_status{connector=\"asterisk-database\",pbx=\"pbx-east\",task=\"0\"} 1.0");
        Set<String> scraped = pages.scrapedNames();
        assertThat(scraped)
                .contains("cels_processed_total", "calls_shipped_total", "api_request_duration_seconds")
                .contains("asterisk_cdr_queue_depth", "asterisk_cdr_filtered_total")
                .containsAll(atOnce(OperatorPages.alertedIn("sipstack")))
                .containsAll(atOnce(OperatorPages.namesIn("manifests/grafana/night-shift.json")));
        assertThat(OperatorPages.namesIn("docs/metrics.md")).containsAll(OperatorPages.ours(scraped));
    }

    /** Without those of Kafka's clients, which Micrometer looks for once a minute. */
    private static List<String> atOnce(Set<String> names) {
        return names.stream().filter(name -> !name.startsWith("kafka_")).toList();
    }

    private void refuseASecondStart() throws Exception {
        try (SipstackProcess second = run(Map.of())) {
            assertThat(second.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(second.output()).anySatisfy(line -> assertThat(line).contains("is in use by process"));
        }
    }

    private SipstackProcess runWithoutDatabase(AmiServer pbx, String... changes) throws Exception {
        Map<String, String> env = new HashMap<>();
        for (String variable : List.of("DB_TYPE", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")) {
            env.put(variable, "");
        }
        env.put("AMI_HOST", "127.0.0.1");
        env.put("AMI_PORT", Integer.toString(pbx.port()));
        env.put("AMI_USERNAME", AmiServer.USER);
        env.put("AMI_PASSWORD", AmiServer.SECRET);
        for (int i = 0; i < changes.length; i += 2) {
            env.put(changes[i], changes[i + 1]);
        }
        return run(env);
    }

    private static void theConsoleKnowsHowTheDeliveryGoes(OperatorPages console) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> console.get("/api/board").body().contains("\"sipstack\":{\"state\":\"up\""));
    }

    private SipstackProcess run(Map<String, String> changes) throws Exception {
        Map<String, String> env = new HashMap<>(Map.of(
                "API_KEY", "sk_0123456789abcdef0123456789abcdef",
                "API_URL", api.uri().toString(),
                "DB_TYPE", "mysql",
                "DB_HOST", "127.0.0.1",
                "DB_PORT", Integer.toString(database.port()),
                "DB_NAME", "asterisk",
                "DB_USER", database.user(),
                "DB_PASSWORD", database.password(),
                "PBX", "pbx-east",
                "START_FROM", "earliest"));
        env.put("MONITORING_PORT", Integer.toString(monitoringPort));
        env.put("CONSOLE_PORT", Integer.toString(consolePort));
        env.put("SHIP_INCOMPLETE_AFTER", "3");
        env.put("SHIP_COMPLETE_AFTER", "1");
        env.putAll(changes);
        return SipstackProcess.run(directory, env);
    }

    /** Writes a part of both tables, told by where it begins and ends. */
    private static void writeCorpus(double from, double to) throws Exception {
        for (String table : List.of("cel", "cdr")) {
            List<Map<String, Object>> rows = Corpus.PBX_20.rows(table);
            ((AsteriskDatabase) database)
                    .insert(table, rows.subList((int) (rows.size() * from), (int) (rows.size() * to)));
        }
    }

    private void awaitCompleteCalls(int calls) {
        Awaitility.await(calls + " complete calls")
                .atMost(LIMIT)
                .until(() -> api.calls().size() - callsThatGoOn().size() >= calls);
    }

    private List<ReceivedCall> callsThatGoOn() {
        return api.calls().stream()
                .filter(call -> !call.phase().equals("complete"))
                .toList();
    }

    private static Set<String> linkedids(Iterable<ReceivedCall> calls) {
        Set<String> linkedids = new TreeSet<>();
        calls.forEach(call -> linkedids.add(call.linkedid()));
        return linkedids;
    }

    private static Set<String> linkedidsOfCorpus() {
        return Corpus.PBX_20.rows("cel").stream()
                .map(row -> (String) row.get("linkedid"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
