package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three instances that are killed at random, while rows come shuffled, twice and late: what the documents say at last. */
class FleetIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INSTANCES = 3;
    private static final int PARTITIONS = 6;

    @TempDir
    Path directory;

    @Test
    @Tag("long")
    void aFleetLosesAndDoublesNothing() throws Exception {
        everyCallIsToldRightly(300, 6, 1, Duration.ofMinutes(5));
    }

    @Test
    @Tag("long")
    void aLargeFleetLosesAndDoublesNothing() throws Exception {
        everyCallIsToldRightly(20_000, 50, 12, Duration.ofMinutes(30));
    }

    private void everyCallIsToldRightly(int calls, int pbxs, int kills, Duration limit) throws Exception {
        long seed = Long.getLong("fleet.seed", System.nanoTime());
        System.out.println("Again with -Dfleet.seed=" + seed);
        Random random = new Random(seed);
        Topics topics = new Topics("fleet");
        Traffic traffic = Traffic.of(calls, pbxs, random);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                Fleet fleet = Fleet.start(broker, topics, directory, INSTANCES, PARTITIONS);
                Documents documents = new Documents(broker, topics)) {
            long begin = System.nanoTime();
            for (int part = 0; part <= kills; part++) {
                write(broker, topics, traffic.rows(), part, kills + 1);
                documents.read();
                if (part < kills) {
                    fleet.killAndReplace(random.nextInt(INSTANCES));
                }
            }
            Map<String, JsonNode> expected = traffic.expected();
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() ->
                            assertThat(documents.read().differing(expected)).isEmpty());
            assertThat(documents.latest).hasSameSizeAs(expected);
            System.out.printf(
                    "%,d calls, %,d rows written, %,d documents, %d kills, %.0f s%n",
                    expected.size(), traffic.rows().size(), documents.count, kills, (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Writes one of several parts of the rows. */
    private static void write(EmbeddedBroker broker, Topics topics, List<Row> rows, int part, int parts)
            throws Exception {
        int from = (int) ((long) rows.size() * part / parts);
        int to = (int) ((long) rows.size() * (part + 1) / parts);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Row row : rows.subList(from, to)) {
                String topic = row instanceof Cdr ? topics.cdr() : topics.cel();
                String pbx = row.provenance().pbx();
                sent.add(producer.send(new ProducerRecord<>(topic, pbx, TopologyFixture.bytes(row))));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        }
    }

    /** Reads what is committed and holds each call's revisions against each other. */
    private static final class Documents implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer;
        private final Map<String, JsonNode> latest = new HashMap<>();
        private int count;

        Documents(EmbeddedBroker broker, Topics topics) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topics.calls(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
        }

        Documents read() throws Exception {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                JsonNode document = JSON.readTree(record.value());
                JsonNode before = latest.put(record.key(), document);
                int last = before == null ? 0 : before.get("revision").asInt();
                assertThat(document.get("revision").asInt())
                        .as("revision of %s after %d", record.key(), last)
                        .isEqualTo(last + 1);
                count++;
            }
            return this;
        }

        /** The calls that are not complete yet, or told otherwise than the interpreter tells them. */
        Set<String> differing(Map<String, JsonNode> expected) {
            Set<String> differing = new HashSet<>(expected.keySet());
            differing.removeIf(call -> latest.containsKey(call)
                    && latest.get(call).get("is_complete").asBoolean()
                    && content(latest.get(call)).equals(expected.get(call)));
            return differing;
        }

        private static JsonNode content(JsonNode document) {
            ObjectNode content = document.deepCopy();
            content.remove(Set.of("revision", "ship_phase", "is_complete"));
            return content;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
