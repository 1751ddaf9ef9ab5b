package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembler against a real broker. */
class AssemblerIT {
    private static final String PBX = "pbx-east";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
    void everyCallOfTheCorpusArrivesOnceThoughTheAssemblerIsStoppedInTheMiddle(String guarantee) throws Exception {
        Topics topics = new Topics("restarted-" + guarantee);
        Map<String, String> settings = settings(topics, true);
        settings.put("processing.guarantee", guarantee);
        AssemblerConfig config = new AssemblerConfig(settings);
        List<Row> rows = CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX);
        try (Documents documents = new Documents(topics, guarantee.equals("at_least_once"))) {
            try (Assembler assembler = Assembler.start(config)) {
                write(topics, rows.subList(0, rows.size() / 2));
                Awaitility.await().atMost(LIMIT).until(() -> documents.read().completed() > 10);
                // One partition's calls may be told while another's are still restored
                Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
            }
            write(topics, rows.subList(rows.size() / 2, rows.size()));
            try (Assembler assembler = Assembler.start(config)) {
                Awaitility.await().atMost(LIMIT).until(() -> documents.read().completed() == 80);
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> documents.read().latest.size() == 83);
                Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
            }
        }
    }

    @Test
    void aCdrOfACallWhoseRowsAreGoneIsAddedToItsDocumentInTheTopic() throws Exception {
        Topics topics = new Topics("late");
        Map<String, Object> settings = new HashMap<>(config(topics, true).originals());
        settings.put(AssemblerConfig.LATE_WINDOW, "0");
        Map<CallKey, List<Row>> calls = CorpusRows.calls(Corpus.PBX_20, PBX);
        CallKey late = new CallKey(PBX, "1795305288.0");
        CallKey next = new CallKey(PBX, "1795305297.20");
        try (Documents documents = new Documents(topics);
                Assembler assembler = Assembler.start(new AssemblerConfig(settings))) {
            write(topics, calls.get(late).stream().filter(Cel.class::isInstance).toList());
            Awaitility.await().atMost(LIMIT).until(() -> documents.read().latest.containsKey(late.toString()));
            JsonNode first = documents.latest.get(late.toString());
            write(topics, calls.get(next));
            Awaitility.await().atMost(LIMIT).until(() -> documents.read().latest.containsKey(next.toString()));

            write(topics, calls.get(late).stream().filter(Cdr.class::isInstance).toList());
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !documents.read().latest.get(late.toString()).equals(first));

            JsonNode second = documents.latest.get(late.toString());
            assertThat(second.get("revision").asInt()).isEqualTo(2);
            assertThat(second.get("legs")).isEqualTo(first.get("legs"));
            assertThat(second.get("call_threads").findValuesAsText("event")).contains("CDR", "LINKEDID_END");
            assertThat(assembler.isRunning()).isTrue();
        }
    }

    @Test
    void aTaskThatHasNothingToWaitForWritesNothingToKafka() throws Exception {
        Topics topics = new Topics("idle");
        CallKey call = new CallKey(PBX, "1795305288.0");
        try (Documents documents = new Documents(topics);
                Assembler assembler = Assembler.start(config(topics, true))) {
            write(topics, CorpusRows.calls(Corpus.PBX_20, PBX).get(call));
            Awaitility.await().atMost(LIMIT).until(() -> documents.read().latest.containsKey(call.toString()));

            AtomicLong seen = new AtomicLong();
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(2))
                    // Of a transaction in each of its commit intervals there would be 30
                    .until(() -> {
                        long now = transactionRecords();
                        return now - seen.getAndSet(now) <= 5;
                    });
            assertThat(assembler.isRunning()).isTrue();
        }
    }

    @Test
    void rowsThatCameWhileTheMachinesClockWasAheadAreTold() throws Exception {
        Topics topics = new Topics("ahead");
        CallKey call = new CallKey(PBX, "1795305288.0");
        try (Documents documents = new Documents(topics);
                Assembler assembler = Assembler.start(config(topics, true))) {
            write(
                    topics,
                    CorpusRows.calls(Corpus.PBX_20, PBX).get(call),
                    Instant.now().plus(Duration.ofHours(5)).toEpochMilli());

            Awaitility.await().atMost(LIMIT).until(() -> documents.read().completed() == 1);
            Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
        }
    }

    @Test
    void aMissingTopicIsNamed() {
        AssemblerConfig config = config(new Topics("nowhere"), false);

        assertThatThrownBy(() -> Assembler.start(config))
                .hasMessageContaining("nowhere.cdr")
                .hasMessageContaining("topics.create");
    }

    @Test
    void topicsOfRowsThatDifferInPartitionsAreRefused() throws Exception {
        Topics topics = new Topics("uneven");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topics.cdr(), 2, (short) 1)))
                    .all()
                    .get();
        }
        AssemblerConfig config = config(topics, true);

        assertThatThrownBy(() -> Assembler.start(config)).hasMessageContaining("equally many partitions");
    }

    private static long transactionRecords() throws Exception {
        String topic = "__transaction_state";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static AssemblerConfig config(Topics topics, boolean create) {
        return new AssemblerConfig(settings(topics, create));
    }

    private static Map<String, String> settings(Topics topics, boolean create) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("application.id", "assembler-" + topics.prefix());
        // A static member comes back to its place at once, where another waits for the old one's session to end
        settings.put("group.instance.id", "assembler");
        settings.put("state.dir", directory.resolve(topics.prefix()).toString());
        settings.put(AssemblerConfig.TOPIC_PREFIX, topics.prefix());
        settings.put(AssemblerConfig.TOPICS_CREATE, Boolean.toString(create));
        settings.put(AssemblerConfig.TOPICS_PARTITIONS, "3");
        settings.put(AssemblerConfig.TOPICS_REPLICATION, "1");
        settings.put(AssemblerConfig.SHIP_INCOMPLETE_AFTER, "2000");
        settings.put(AssemblerConfig.SHIP_COMPLETE_AFTER, "500");
        return settings;
    }

    private static void write(Topics topics, List<Row> rows) throws Exception {
        write(topics, rows, null);
    }

    /** @param timestamp of the records; null for now */
    private static void write(Topics topics, List<Row> rows, Long timestamp) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Row row : rows) {
                boolean isCdr = row instanceof Cdr;
                byte[] value = JSON.writeValueAsBytes(
                        isCdr ? Cdr.MAPPING.toColumns((Cdr) row) : Cel.MAPPING.toColumns((Cel) row));
                sent.add(producer.send(
                        new ProducerRecord<>(isCdr ? topics.cdr() : topics.cel(), null, timestamp, PBX, value)));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        }
    }

    /** Reads the documents' topic and holds each call's revisions against each other. */
    private static final class Documents implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer;
        private final boolean mayRepeat;
        private final Map<String, JsonNode> latest = new HashMap<>();

        Documents(Topics topics) {
            this(topics, false);
        }

        Documents(Topics topics, boolean mayRepeat) {
            this.mayRepeat = mayRepeat;
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", broker.bootstrapServers(),
                            "group.id", topics.prefix(),
                            "auto.offset.reset", "earliest",
                            "isolation.level", "read_committed",
                            "metadata.max.age.ms", "500"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            consumer.subscribe(List.of(topics.calls()));
        }

        Documents read() throws Exception {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                JsonNode document = JSON.readTree(record.value());
                if (mayRepeat && document.equals(latest.get(record.key()))) {
                    continue; // without transactions, what a stopped assembler may not have delivered is sent again
                }
                JsonNode before = latest.put(record.key(), document);
                int expected = before == null ? 1 : before.get("revision").asInt() + 1;
                assertThat(document.get("revision").asInt()).isEqualTo(expected);
            }
            return this;
        }

        long completed() {
            return latest.values().stream()
                    .filter(document -> document.get("is_complete").asBoolean())
                    .count();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
