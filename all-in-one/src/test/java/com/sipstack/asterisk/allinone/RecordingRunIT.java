package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.ReceivedUpload;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sipstack run} beside a PBX that records its calls. */
class RecordingRunIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int WRONG_SETTINGS = 2;
    private static final String UPLOADS = "/v1/mqs/recording";
    private static final String INBOUND = "in-16475550101-4165551234-20261121-190557-1795305957.2897.wav";
    /** Calls that go on at the corpus's end: their recordings wait for them. */
    private static final Set<String> GOING_ON = Set.of("1795306341.3659", "1795306341.3660", "1795306345.3677");

    private static final Map<String, String> DIRECTIONS = Map.of("i", "inbound", "o", "outbound", "x", "internal");

    private static MariaDbServer database;

    @TempDir
    private Path directory;

    private StubApi api;
    private PbxFolder monitor;
    private int monitoringPort;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = MariaDbServer.start();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void writeCalls() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS cdr, cel");
        }
        database.createTables();
        for (String table : List.of("cel", "cdr")) {
            database.insert(table, Corpus.PBX_20.rows(table));
        }
        api = StubApi.start();
        monitor = new PbxFolder(directory.resolve("monitor"));
        monitoringPort = FreePort.any();
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void everyRecordingArrivesWithItsCallThoughTheProcessIsKilledInTheMiddle() throws Exception {
        Map<String, String> linkedids = recordedCalls();
        List<String> names = List.copyOf(linkedids.keySet());
        for (String name : names.subList(0, 30)) {
            monitor.record(name);
        }
        api.faults().add(Fault.delay(Duration.ofMillis(200)).withPath(UPLOADS));
        api.faults().add(Fault.loseAnswer().withPath(UPLOADS).withShare(0.2));
        try (SipstackProcess run = run(Map.of("RECORDING_AFTER_UPLOAD", "move"))) {
            await("some recordings", () -> monitor.putAway().size() >= 3);
            run.kill();
        }
        assertThat(uploadedNames()).hasSizeLessThan(30);
        for (String name : names.subList(30, names.size())) {
            monitor.record(name);
        }
        api.faults().clear();

        try (SipstackProcess run = run(Map.of("RECORDING_AFTER_UPLOAD", "move"))) {
            run.awaitLine("recordings in " + monitor.path());
            await("all recordings", () -> monitor.putAway().size() == names.size());
            await("documents that tell of them", () -> toldAsUploaded().containsAll(names));
            operatorsSeeHowItStands();
        }

        assertThat(monitor.waiting()).isEmpty();
        assertThat(uploadedNames()).containsExactlyInAnyOrderElementsOf(names);
        for (ReceivedUpload upload : api.uploads()) {
            assertThat(upload.audioSha256()).isEqualTo(monitor.sha256(upload.fileName()));
            assertThat(upload.hostname()).isEqualTo("pbx-east");
            assertIsOfItsCall(upload, linkedids.get(upload.fileName()));
        }
        assertThat(upload(INBOUND).fields())
                .containsEntry("uniqueid", "1795305957.2897")
                .containsEntry("src_number", "14165551234")
                .containsEntry("direction", "inbound");
        assertThat(api.stats().refused()).isZero();
    }

    @Test
    @Tag("long")
    void aFileIsDeletedWhenItWasAcceptedAndNotBefore() throws Exception {
        List<String> names = List.copyOf(recordedCalls().keySet());
        for (String name : names) {
            monitor.record(name);
        }
        api.faults().add(Fault.status(503).withPath(UPLOADS));
        Map<String, String> settings = Map.of("RECORDING_DELETE_AFTER_UPLOAD", "true");
        try (SipstackProcess run = run(settings)) {
            await("refused uploads", () -> api.stats().faultsInjected() >= 20);
            assertThat(monitor.waiting()).hasSameSizeAs(names);
            run.kill();
        }
        try (SipstackProcess run = run(settings)) {
            long before = api.stats().faultsInjected();
            await("more refused uploads", () -> api.stats().faultsInjected() > before);
            assertThat(monitor.waiting()).hasSameSizeAs(names);
            api.faults().clear();
            await("all recordings", () -> monitor.waiting().isEmpty());
            run.kill();
        }
        assertThat(uploadedNames()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    @Tag("long")
    void recordingsThatAreNotWantedAnyMoreStay() throws Exception {
        List<String> names = List.copyOf(recordedCalls().keySet());
        monitor.record(names.get(0));
        try (SipstackProcess run = run(Map.of())) {
            await("the first", () -> uploadedNames().equals(Set.of(names.get(0))));
            run.terminate();
        }
        monitor.record(names.get(1));
        try (SipstackProcess run = run(Map.of("RECORDING_PATHS", "none"))) {
            run.awaitLine("Running");
            assertThat(connectors(run)).contains("sipstack-calls").doesNotContain("recordings");
        }
        assertThat(uploadedNames()).containsExactly(names.get(0));
        assertThat(monitor.waiting()).hasSize(2);
    }

    @Test
    @Tag("long")
    void aWrongWordIsToldInOneLine() throws Exception {
        try (SipstackProcess run = run(Map.of("RECORDING_AFTER_UPLOAD", "burn"))) {
            assertThat(run.awaitExit()).isEqualTo(WRONG_SETTINGS);
            assertThat(run.output())
                    .filteredOn(line -> line.startsWith("sipstack: "))
                    .singleElement()
                    .asString()
                    .startsWith("sipstack: RECORDING_AFTER_UPLOAD: ");
        }
    }

    private void operatorsSeeHowItStands() throws Exception {
        Set<String> scraped = new OperatorPages(monitoringPort).scrapedNames();
        assertThat(scraped).containsAll(OperatorPages.alertedIn("sipstack-recordings"));
        assertThat(OperatorPages.namesIn("docs/metrics.md")).containsAll(OperatorPages.ours(scraped));
    }

    private static String connectors(SipstackProcess run) throws Exception {
        String line = run.output().stream()
                .filter(said -> said.startsWith("Running"))
                .findFirst()
                .orElseThrow();
        URI worker = URI.create(line.replaceFirst("^.*REST API: (\\S+/)\\..*$", "$1"));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(worker.resolve("/connectors")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private SipstackProcess run(Map<String, String> changes) throws IOException {
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
        env.putAll(Map.of(
                "SHIP_COMPLETE_AFTER", "1",
                "MONITORING_PORT", Integer.toString(monitoringPort),
                "CONSOLE_ENABLED", "false",
                "RECORDING_PATHS", monitor.path().toString(),
                "RECORDING_MIN_AGE_MINUTES", "0",
                "RECORDING_STABILITY_CHECK", "0",
                "RECORDING_CHECK_INTERVAL_SECONDS", "1",
                "CDR_MAX_CONCURRENT_UPLOADS", "2"));
        env.putAll(changes);
        return SipstackProcess.run(directory, env);
    }

    /** Also sees to it that nothing is put away before it was accepted. */
    private void await(String what, Check check) {
        Awaitility.await(what).atMost(LIMIT).until(() -> {
            Set<String> putAway = monitor.putAway();
            assertThat(uploadedNames()).containsAll(putAway);
            return check.holds();
        });
    }

    private interface Check {
        boolean holds() throws IOException;
    }

    private static void assertIsOfItsCall(ReceivedUpload upload, JsonNode call) {
        assertThat(upload.fields().get("direction"))
                .isEqualTo(DIRECTIONS.get(call.path("direction").asText()));
        for (String field : List.of("linkedid", "src_number", "dst_number")) {
            String told = call.path(field).asText();
            assertThat(upload.fields().getOrDefault(field, ""))
                    .as("%s of %s", field, upload.fileName())
                    .isEqualTo(told);
        }
    }

    private void assertIsOfItsCall(ReceivedUpload upload, String linkedid) {
        assertThat(upload.fields()).containsEntry("linkedid", linkedid);
        assertIsOfItsCall(upload, api.call("pbx-east", linkedid).orElseThrow().document());
    }

    private Set<String> uploadedNames() {
        return api.uploads().stream().map(ReceivedUpload::fileName).collect(Collectors.toSet());
    }

    private ReceivedUpload upload(String name) {
        return api.uploads().stream()
                .filter(upload -> upload.fileName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> toldAsUploaded() {
        return api.calls().stream()
                .map(ReceivedCall::document)
                .flatMap(document -> Stream.of(document.path("recording_files")))
                .flatMap(files -> files.findParents("filename").stream())
                .filter(file -> file.path("state").asText().equals("uploaded"))
                .map(file -> file.path("filename").asText())
                .collect(Collectors.toSet());
    }

    /** Names of the files that MixMonitor was told to write, with the linkedids of their calls. */
    private static Map<String, String> recordedCalls() {
        Map<String, String> linkedids = new LinkedHashMap<>();
        for (Map<String, Object> row : Corpus.PBX_20.rows("cel")) {
            if ("APP_START".equals(row.get("eventtype"))
                    && "MixMonitor".equals(row.get("appname"))
                    && !GOING_ON.contains(row.get("linkedid"))) {
                String path = row.get("appdata").toString().split(",", -1)[0];
                linkedids.put(Path.of(path).getFileName().toString(), (String) row.get("linkedid"));
            }
        }
        return linkedids;
    }
}
