package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of an assembler, and does to it, while it runs against a real broker. */
class OperationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<String, byte[]> producer;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void aNewPbxsSettingsApplyWithoutRestart() throws Exception {
        Topics topics = new Topics("told");
        try (Assembler assembler = Assembler.start(config(topics, Map.of()));
                Records documents = new Records(topics.calls())) {
            awaitReady(assembler);
            write(topics, "north");
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> documents.hostnames("north").contains("north"));

            tell(topics, "east", "{\"hostname\": \"pbx.example.com\", \"customer_id\": 7}");
            tell(topics, "west", "{\"hostname\": \"pbx.example.com\", \"customer_id\": 7}");
            awaitMetric(assembler, "sipstack_assembler_settings_refused_total 1.0");
            write(topics, "east");
            write(topics, "west");
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> documents.hostnames("east").contains("pbx.example.com"));
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> documents.hostnames("west").contains("west"));
        }
    }

    @Test
    void whatCannotBeUsedIsALetterAndCountedAndTheRestGoesOn() throws Exception {
        Topics topics = new Topics("spoilt");
        try (Assembler assembler = Assembler.start(config(topics, Map.of("processing.guarantee", "at_least_once")));
                Records letters = new Records(topics.dlq())) {
            awaitReady(assembler);
            int home = BuiltInPartitioner.partitionForKey("east".getBytes(UTF_8), PARTITIONS);
            producer.send(new ProducerRecord<>(topics.cel(), (home + 1) % PARTITIONS, "east", new byte[] {'{', '}'}))
                    .get();
            producer.send(new ProducerRecord<>(topics.cel(), "east", "no row".getBytes(UTF_8)))
                    .get();
            write(topics, "east");

            awaitMetric(assembler, "sipstack_assembler_letters_total 2.0");
            awaitMetric(assembler, "sipstack_assembler_rows_misplaced_total 1.0");
            awaitMetric(assembler, "sipstack_assembler_calls_completed_total 1.0");
            Awaitility.await().atMost(LIMIT).until(() -> letters.values().contains("no row"));
            assertThat(get(assembler, "/metrics").body())
                    .contains("jvm_memory_used_bytes", "kafka_stream_alive_stream_threads");
        }
    }

    @Test
    void aDocumentThatIsTooLargeForItsTopicNeitherKillsNorLoops() throws Exception {
        Topics topics = new Topics("narrow");
        Assembler.start(config(topics, Map.of())).close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topics.calls()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "2000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        try (Assembler assembler = Assembler.start(config(topics, Map.of()));
                Records letters = new Records(topics.dlq())) {
            write(topics, "east");
            Awaitility.await().atMost(LIMIT).until(() -> letters.values().contains("linkedid"));
            // Its first rebalancing may go on
            Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
        }
    }

    /** As where channel events were logged once, or nothing was read for longer than rows are kept. */
    @Test
    void rowsThatKafkaDroppedBeforeTheyWereReadDoNotKeepCallsOpen() throws Exception {
        Topics topics = new Topics("purged");
        Assembler.start(config(topics, Map.of())).close();
        int home = BuiltInPartitioner.partitionForKey("east".getBytes(UTF_8), PARTITIONS);
        producer.send(new ProducerRecord<>(topics.cel(), "east", "a row of long ago".getBytes(UTF_8)))
                .get();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topics.cel(), home), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        try (Assembler assembler = Assembler.start(config(topics, Map.of("ship.cdr.only.after.ms", "200")))) {
            awaitReady(assembler);
            write(topics, TopologyFixture.legs(rowsOfACall("east")), "east");
            awaitMetric(assembler, "sipstack_assembler_calls_completed_total 1.0");
        }
    }

    @Test
    void threadsThatDieAgainAndAgainEndIt() throws Exception {
        Topics topics = new Topics("hopeless");
        try (Assembler assembler = Assembler.start(config(topics, Map.of("thread.replacements.max", "1")))) {
            awaitReady(assembler);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.deleteTopics(List.of(topics.cel())).all().get();
            }
            assertThat(assembler.awaitEnd()).isTrue();
            HttpResponse<String> health = get(assembler, "/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("ERROR");
            assertThat(get(assembler, "/ready").statusCode()).isEqualTo(503);
        }
    }

    private static AssemblerConfig config(Topics topics, Map<String, String> others) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("application.id", "assembler-" + topics.prefix());
        settings.put("group.instance.id", "assembler");
        settings.put("metadata.max.age.ms", "1000");
        settings.put("session.timeout.ms", "6000");
        settings.put("state.dir", directory.resolve(topics.prefix()).toString());
        settings.put(AssemblerConfig.TOPIC_PREFIX, topics.prefix());
        settings.put(AssemblerConfig.TOPICS_CREATE, "true");
        settings.put(AssemblerConfig.TOPICS_PARTITIONS, Integer.toString(PARTITIONS));
        settings.put(AssemblerConfig.TOPICS_REPLICATION, "1");
        settings.put(AssemblerConfig.SHIP_COMPLETE_AFTER, "200");
        settings.put(OperationConfig.HTTP_PORT, Integer.toString(FreePort.any()));
        settings.putAll(others);
        return new AssemblerConfig(settings);
    }

    /** The rows of one call. */
    private static void write(Topics topics, String pbx) throws Exception {
        write(topics, rowsOfACall(pbx), pbx);
    }

    private static List<Row> rowsOfACall(String pbx) {
        return CorpusRows.calls(Corpus.PBX_20, pbx).values().iterator().next();
    }

    private static void write(Topics topics, List<Row> rows, String pbx) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Row row : rows) {
            String topic = row instanceof Cdr ? topics.cdr() : topics.cel();
            sent.add(producer.send(new ProducerRecord<>(topic, pbx, TopologyFixture.bytes(row))));
        }
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    private static void tell(Topics topics, String pbx, String settings) throws Exception {
        producer.send(new ProducerRecord<>(topics.settings(), pbx, settings == null ? null : settings.getBytes(UTF_8)))
                .get();
    }

    private void awaitReady(Assembler assembler) {
        Awaitility.await().atMost(LIMIT).until(() -> get(assembler, "/ready").statusCode() == 200);
        Awaitility.await().atMost(LIMIT).until(() -> get(assembler, "/health").statusCode() == 200);
    }

    private void awaitMetric(Assembler assembler, String line) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> get(assembler, "/metrics").body().contains(line));
    }

    private HttpResponse<String> get(Assembler assembler, String path) throws Exception {
        URI uri = URI.create("http:/" + assembler.httpAddress().orElseThrow() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What a topic has from its beginning on. */
    private static final class Records implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer;
        private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

        Records(String topic) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
        }

        String values() {
            consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            return String.join(
                    "\n",
                    read.stream()
                            .map(record -> new String(record.value(), UTF_8))
                            .toList());
        }

        List<String> hostnames(String pbx) throws Exception {
            consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            List<String> hostnames = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : read) {
                if (record.key().startsWith(pbx + "|")) {
                    JsonNode document = JSON.readTree(record.value());
                    hostnames.add(document.get("hostname").asText());
                }
            }
            return hostnames;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
