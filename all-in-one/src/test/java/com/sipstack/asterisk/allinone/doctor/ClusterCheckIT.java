package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.embedded.BrokerSecurity;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Against a real broker, worker and assembler; every test has its own topics. */
class ClusterCheckIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "sk_" + "a1".repeat(16);

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedWorker worker;
    private static Admin admin;
    private static int tests;

    private final Topics topics = new Topics("doctor" + ++tests);

    @BeforeAll
    static void startCluster() throws Exception {
        broker = EmbeddedBroker.startTemporary();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        worker = EmbeddedWorker.start(
                broker.bootstrapServers(),
                0,
                Map.of(
                        "plugin.path",
                        Files.createDirectory(folder.resolve("plugins")).toString()));
        worker.rest().awaitReady(LIMIT);
    }

    @AfterAll
    static void stopCluster() {
        worker.close();
        admin.close();
        broker.close();
    }

    @Test
    void brokerWithoutOurTopicsIsTold() throws Exception {
        Found found = look();

        found.has(Severity.OK, "a cluster of 1 broker");
        assertThat(found.has(Severity.ERROR, "topics are missing").text()).contains(topics.cdr(), topics.dlq());
    }

    @Test
    void topicsThatDoNotFitTogetherAreTold() throws Exception {
        create(topics.specs().stream()
                .filter(spec -> !spec.name().equals(topics.raw()))
                .map(spec -> new NewTopic(spec.name(), spec.name().equals(topics.cel()) ? 3 : 1, (short) 1))
                .toList());

        Found found = look();

        assertThat(found.has(Severity.ERROR, "not equally many partitions").text())
                .contains(topics.cel() + "=3");
        assertThat(found.has(Severity.ERROR, "topics are missing").text()).endsWith(": " + topics.raw());
        found.has(Severity.WARNING, topics.cel() + " has message.timestamp.type=CreateTime");
    }

    @Test
    void retentionThatEndsBeforeRetriesDoIsTold() throws Exception {
        create(Map.of(
                topics.calls(), Map.of("retention.ms", "86400000", "cleanup.policy", "compact,delete"),
                topics.settings(), Map.of("cleanup.policy", "delete"),
                topics.dlq(), Map.of("max.message.bytes", "1000000"),
                topics.raw(), Map.of("retention.bytes", "1000000")));

        Found found = look();

        assertThat(found.has(Severity.WARNING, topics.calls() + " keeps records for 24 hours")
                        .remedy())
                .contains("--topic " + topics.calls(), "retention.ms=[691200000]");
        found.has(Severity.WARNING, topics.settings() + " has cleanup.policy=delete");
        found.has(Severity.NOTE, topics.dlq() + " takes records of 1000000 bytes");
        found.has(Severity.NOTE, topics.raw() + " keeps 1000000 bytes");
    }

    @Test
    void readersThatDoNotComeAlongAreTold() throws Exception {
        create(Map.of());
        look().has(Severity.WARNING, topics.calls() + " was never read");
        writeCall(Instant.now().minus(Duration.ofHours(3)));

        String group = "connect-" + topics.prefix();
        commit(group, 0);
        assertThat(look().has(Severity.WARNING, group).text())
                .contains("records of " + topics.calls() + " to read, the oldest for 3 hours, and is not running");

        // What is left is the mark of the transaction
        commit(group, 1);
        look().has(Severity.NOTE, group + " has read everything, and is not running");
    }

    @Test
    void brokerThatDoesNotAnswerIsTold() throws Exception {
        Map<String, String> nobody = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + FreePort.any(),
                "default.api.timeout.ms",
                "2000",
                "request.timeout.ms",
                "1000");

        assertThat(Found.by(new KafkaCheck(nobody, topics, Clock.systemUTC()))
                        .has(Severity.ERROR, "127.0.0.1")
                        .remedy())
                .contains("advertised.listeners");
    }

    @Test
    void brokerThatRefusesUserOrQuestionIsTold() throws Exception {
        BrokerSecurity security = BrokerSecurity.create(folder.resolve("keys"), Set.of("doctor"));
        try (EmbeddedBroker secured = EmbeddedBroker.startSecured(folder.resolve("secured"), security)) {
            Map<String, String> stranger = secured(secured, security, "doctor");
            stranger.computeIfPresent(
                    "sasl.jaas.config", (name, login) -> login.replace("password=\"", "password=\"wrong"));
            assertThat(Found.by(new KafkaCheck(stranger, topics, Clock.systemUTC()))
                            .has(Severity.ERROR, "Authentication failed")
                            .remedy())
                    .contains("--command-config");

            try (Admin owner =
                    Admin.create(Map.<String, Object>copyOf(secured(secured, security, BrokerSecurity.ADMIN)))) {
                owner.createTopics(List.of(new NewTopic(topics.cdr(), 1, (short) 1)))
                        .all()
                        .get();
                owner.createAcls(List.of(new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, topics.cdr(), PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:doctor", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW))))
                        .all()
                        .get();
            }
            Map<String, String> user = secured(secured, security, "doctor");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(Found.by(new KafkaCheck(user, topics, Clock.systemUTC()))
                                    .has(Severity.ERROR, "uthoriz")
                                    .remedy())
                            .contains("DescribeConfigs"));
        }
    }

    private static Map<String, String> secured(EmbeddedBroker broker, BrokerSecurity security, String user) {
        Map<String, String> client = new HashMap<>(security.clientSettings(user));
        client.put("bootstrap.servers", broker.bootstrapServers());
        return client;
    }

    @Test
    void connectorsAreToldByTheirStates() throws Exception {
        ConnectRest rest = worker.rest();
        look(worker.restUrl().toString()).has(Severity.WARNING, "no connector of ours is there");
        Map<String, String> good = Map.of("connector.class", UnevenConnector.class.getName());
        assertThat(rest.put("uneven-good", good)).matches(ConnectRest.Answer::isSuccess);
        assertThat(rest.put("uneven-idle", good)).matches(ConnectRest.Answer::isSuccess);
        Map<String, String> bad = Map.of("connector.class", UnevenConnector.class.getName(), "fails", "yes");
        assertThat(rest.put("uneven-bad", bad)).matches(ConnectRest.Answer::isSuccess);
        Map<String, String> empty = Map.of("connector.class", UnevenConnector.class.getName(), "idle", "yes");
        assertThat(rest.put("uneven-empty", empty)).matches(ConnectRest.Answer::isSuccess);
        awaitState("uneven-good", "RUNNING");
        awaitState("uneven-bad", "FAILED");
        awaitState("uneven-idle", "RUNNING");
        rest.send("PUT", "/connectors/uneven-idle/pause", null);
        awaitState("uneven-idle", "PAUSED");

        Found found = look(worker.restUrl().toString());

        assertThat(found.has(Severity.ERROR, "uneven-bad, task 0 has failed").text())
                .contains("the PBX went home");
        found.has(Severity.OK, "uneven-good, task 0 is running");
        assertThat(found.has(Severity.WARNING, "uneven-idle is paused").remedy())
                .contains("/resume");
        found.has(Severity.WARNING, "uneven-empty has no tasks");
        found.has(Severity.WARNING, "has version 0.0.1 of UnevenConnector");
        found.has(Severity.OK, "has version " + ProductVersion.CURRENT);
    }

    @Test
    void assemblerThatWorksMakesTopicsThatAreInOrder() throws Exception {
        int port = FreePort.any();
        Assembler assembler = Assembler.start(new AssemblerConfig(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "application.id", topics.prefix(),
                "group.instance.id", "doctor",
                "topic.prefix", topics.prefix(),
                "topics.create", "true",
                "topics.partitions", "1",
                "topics.replication.factor", "1",
                "state.dir", folder.resolve("state").toString(),
                "http.port", Integer.toString(port))));
        try {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + port);
            await().atMost(LIMIT)
                    .untilAsserted(() -> Found.by(new AssemblerCheck(url))
                            .hasNothingWorseThan(Severity.OK)
                            .has(Severity.OK, "works"));

            Found found = look();
            found.has(Severity.OK, "all topics are there");
            found.has(Severity.OK, "topics keep records for longer");
        } finally {
            assembler.close();
        }
        Found.by(new AssemblerCheck(HttpUrl.get("http://127.0.0.1:" + port))).has(Severity.ERROR, "does not answer");
    }

    @Test
    void commandLooksAtWhatTheEnvAndTheOptionsName() throws Exception {
        create(Map.of());
        Path csv = Files.writeString(folder.resolve("Master.csv"), "");
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withAcceptedKey(KEY));
                ManagerServer pbx = new ManagerServer()) {
            Path env = Files.writeString(folder.resolve(".env"), """
                    API_KEY=%s
                    API_URL=%s
                    AMI_HOST=127.0.0.1
                    AMI_PORT=%d
                    AMI_USERNAME=sipstack
                    AMI_PASSWORD=%s
                    DB_TYPE=postgres
                    DB_HOST=127.0.0.1
                    DB_PORT=%d
                    DB_NAME=asterisk
                    DB_USER=asterisk
                    DB_PASSWORD=database-s3cret
                    CEL_MODE=csv
                    CEL_CSV_PATH=%s
                    RECORDING_PATHS=%s
                    """.formatted(
                            KEY, api.uri(), pbx.port(), ManagerServer.SECRET, FreePort.any(), csv, folder));

            StringWriter out = new StringWriter();
            int code = doctor(
                    out,
                    "--json",
                    "--env-file",
                    env.toString(),
                    "--topic-prefix",
                    topics.prefix(),
                    "--bootstrap-servers",
                    broker.bootstrapServers());

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(code).isEqualTo(2);
            assertThat(out.toString()).doesNotContain(KEY, ManagerServer.SECRET, "database-s3cret");
            assertThat(severities(report, "asterisk")).containsExactly("ok", "warning");
            assertThat(severities(report, "database")).containsExactly("error");
            assertThat(severities(report, "csv")).containsExactly("ok", "warning");
            assertThat(severities(report, "recordings")).contains("ok").doesNotContain("error");
            assertThat(severities(report, "kafka")).contains("ok").doesNotContain("error");
            assertThat(severities(report, "connect")).containsExactly("not-checked");
            assertThat(severities(report, "assembler")).containsExactly("not-checked");
            assertThat(severities(report, "sipstack")).containsExactly("ok", "ok");
        }
    }

    @Test
    void settingsThatCannotBeRunAreErrors() throws Exception {
        Path env = Files.writeString(folder.resolve("wrong.env"), "DB_TYPE=oracle\n");
        StringWriter out = new StringWriter();

        int code = doctor(out, "--env-file", env.toString(), "--bootstrap-servers", broker.bootstrapServers());

        assertThat(code).isEqualTo(2);
        assertThat(out.toString())
                .contains("✗ DB_TYPE: 'oracle' should be mysql, mariadb or postgres", "✗ API_KEY: is missing")
                .doesNotContain("\u001b");
    }

    private static int doctor(StringWriter out, String... arguments) {
        return new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out)).execute(arguments);
    }

    private static List<String> severities(JsonNode report, String area) {
        return StreamSupport.stream(report.path("findings").spliterator(), false)
                .filter(finding -> finding.path("area").asText().equals(area))
                .map(finding -> finding.path("severity").asText())
                .toList();
    }

    private Found look() throws Exception {
        Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        return Found.by(new KafkaCheck(client, topics, Clock.systemUTC()));
    }

    private static Found look(String url) throws Exception {
        return Found.by(new ConnectCheck(List.of(HttpUrl.get(url))));
    }

    /** @param others settings of topics in the place of those that they should have */
    private void create(Map<String, Map<String, String>> others) throws Exception {
        create(topics.specs().stream()
                .map(spec -> new NewTopic(spec.name(), 1, (short) 1)
                        .configs(others.getOrDefault(spec.name(), spec.config())))
                .toList());
    }

    private static void create(List<NewTopic> wanted) throws Exception {
        admin.createTopics(wanted).all().get();
        List<String> names = wanted.stream().map(NewTopic::name).toList();
        // A broker answers before it has heard of all that its controller created
        await().atMost(LIMIT).until(() -> admin.listTopics().names().get().containsAll(names));
    }

    private void writeCall(Instant time) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "doctor-" + topics.prefix());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topics.calls(), 0, time.toEpochMilli(), "east|1.1", "{}"))
                    .get();
            producer.commitTransaction();
        }
    }

    private void commit(String group, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topics.calls(), 0), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static void awaitState(String connector, String state) {
        await().atMost(LIMIT).until(() -> {
            JsonNode status = worker.rest().status(connector).body();
            return status.path("tasks").path(0).path("state").asText().equals(state);
        });
    }
}
