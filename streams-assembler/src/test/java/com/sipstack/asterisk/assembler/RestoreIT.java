package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assembler with an empty disk: all that it knows stands in its changelogs, as an earlier or a later release wrote them. */
class RestoreIT {
    private static final String PBX = "pbx-east";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final CallKey OPEN = new CallKey(PBX, "1795305288.0");
    private static final CallKey COMPLETE = new CallKey(PBX, "1795305311.53");
    /** Both windows, so that nothing is forgotten whenever this runs. */
    private static final String FOR_EVER = Long.toString(Duration.ofDays(10_000).toMillis());
    /** Later than all that the first format's state tells of. */
    private static final long NOW = Math.max(
            System.currentTimeMillis(), Instant.parse("2026-11-22T14:01:00Z").toEpochMilli());

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Map<CallKey, List<Row>> calls = CorpusRows.calls(Corpus.PBX_20, PBX);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void callsOfTheFirstFormatGoOnAtTheirRevision() throws Exception {
        Topics topics = new Topics("first-format");
        createTopics(topics);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(getClass().getResourceAsStream("/state/format-1.txt"), UTF_8))) {
            for (String line : in.lines().toList()) {
                writeState(topics, line.split(" ", -1), 0);
            }
        }
        write(topics, calls.get(OPEN), 0);
        // That call has its document 1 already: one leg that says something else makes 2
        write(topics, longerLegs(calls.get(COMPLETE)), 0);
        // Quiet is measured by what arrives
        write(topics, calls.get(new CallKey(PBX, "1795305297.20")), 60_000);
        try (Assembler assembler = Assembler.start(config(topics));
                KafkaConsumer<String, byte[]> documents = documents(topics)) {
            Map<String, JsonNode> told = new HashMap<>();
            Awaitility.await().atMost(LIMIT).until(() -> {
                read(documents, told);
                return hasLegs(told.get(OPEN.linkedid())) && hasLegs(told.get(COMPLETE.linkedid()));
            });

            // What the other call's events tell of the time may be read before this one's legs, which are another
            // topic's
            assertThat(TopologyFixture.revisionAndPhase(told.get(OPEN.linkedid())))
                    .isIn("1 complete", "2 complete");
            assertThat(told.get(OPEN.linkedid()).get("call_threads").findValuesAsText("event"))
                    .contains("CHAN_START", "BRIDGE_ENTER", "LINKEDID_END");
            assertThat(TopologyFixture.revisionAndPhase(told.get(COMPLETE.linkedid())))
                    .isEqualTo("2 complete");
            assertThat(told.get(COMPLETE.linkedid()).get("call_threads").findValuesAsText("event"))
                    .contains("CHAN_START", "LINKEDID_END");
            Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
        }
    }

    private static boolean hasLegs(JsonNode document) {
        return document != null
                && document.get("call_threads").findValuesAsText("event").contains("CDR");
    }

    @Test
    void stateOfALaterReleaseEndsTheAssemblerBeforeItTouchesARow() throws Exception {
        Topics topics = new Topics("later-format");
        createTopics(topics);
        writeState(
                topics,
                new String[] {CallStores.CALLS, encoded(OPEN.toString().getBytes(UTF_8)), encoded(new byte[80])},
                99);
        try (Assembler assembler = Assembler.start(config(topics))) {
            write(topics, calls.get(OPEN), 0);

            assertThat(assembler.awaitEnd()).isTrue();
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaConsumer<String, byte[]> letters = consumer(topics.dlq())) {
            assertThat(letters.endOffsets(letters.assignment()).values()).containsOnly(0L);
            assertThat(admin.listConsumerGroupOffsets(topics.prefix())
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values())
                    .allSatisfy(read -> assertThat(read.offset()).isZero());
        }
    }

    /** Those of rows keep their records' own times, which say when they arrived. */
    private static void createTopics(Topics topics) throws Exception {
        Map<String, String> changelog =
                Map.of("cleanup.policy", "compact", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        Map<String, String> rows =
                Map.of("retention.ms", "-1", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        List<NewTopic> all = new ArrayList<>();
        topics.specs().forEach(spec -> all.add(new NewTopic(spec.name(), 1, (short) 1).configs(rows)));
        Stream.of("rows", "packs", "calls", "open", "timers", "channels", "ties", "pbxs")
                .forEach(store -> all.add(new NewTopic(changelog(topics, store), 1, (short) 1).configs(changelog)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(all).all().get();
        }
    }

    private static String changelog(Topics topics, String store) {
        return topics.prefix() + "-" + store + "-changelog";
    }

    /** @param format to have instead of its own; 0 for its own */
    private static void writeState(Topics topics, String[] entry, int format) throws Exception {
        byte[] key = Base64.getDecoder().decode(entry[1]);
        byte[] value = Base64.getDecoder().decode(entry[2]);
        if (format != 0) {
            value[0] = (byte) format;
        }
        producer.send(new ProducerRecord<>(changelog(topics, entry[0]), key, value))
                .get();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<Row> longerLegs(List<Row> rows) {
        return TopologyFixture.legs(rows).stream()
                .map(leg -> TopologyFixture.with(leg, Map.of("billsec", 3600)))
                .toList();
    }

    private static void write(Topics topics, List<Row> rows, long later) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (Row row : rows) {
            String topic = row instanceof Cdr ? topics.cdr() : topics.cel();
            sent.add(producer.send(
                    new ProducerRecord<>(topic, 0, NOW + later, PBX.getBytes(UTF_8), TopologyFixture.bytes(row))));
        }
        for (Future<?> future : sent) {
            future.get();
        }
    }

    private static AssemblerConfig config(Topics topics) {
        return new AssemblerConfig(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "application.id",
                topics.prefix(),
                "group.instance.id",
                "restored",
                "state.dir",
                directory.resolve(topics.prefix()).toString(),
                AssemblerConfig.TOPIC_PREFIX,
                topics.prefix(),
                AssemblerConfig.SHIP_COMPLETE_AFTER,
                "200",
                AssemblerConfig.COUNTRY,
                "CA",
                AssemblerConfig.LATE_WINDOW,
                FOR_EVER,
                AssemblerConfig.HISTORY_WINDOW,
                FOR_EVER));
    }

    private static KafkaConsumer<String, byte[]> documents(Topics topics) {
        return consumer(topics.calls());
    }

    private static KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private static void read(KafkaConsumer<String, byte[]> documents, Map<String, JsonNode> told) {
        for (ConsumerRecord<String, byte[]> record : documents.poll(Duration.ofMillis(200))) {
            JsonNode document = TopologyFixture.json(record.value());
            told.put(document.get("linkedid").asText(), document);
        }
    }
}
