package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three instances that are killed at random, while rows come shuffled, twice and late: what the documents say at last. */
@Tag("long")
class FleetIT {
    private static final int INSTANCES = 3;
    private static final int PARTITIONS = 6;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
    void aFleetLosesAndDoublesNothing(String guarantee) throws Exception {
        everyCallIsToldRightly(guarantee, 300, 6, 6, Duration.ofMinutes(5), Fleet::killAndReplace);
    }

    @Test
    void aFleetIsStartedAnewOneByOneWithoutLoss() throws Exception {
        everyCallIsToldRightly("exactly_once_v2", 300, 6, 2 * INSTANCES, Duration.ofMinutes(5), Fleet::stopAndReplace);
    }

    @Test
    void aLargeFleetLosesAndDoublesNothing() throws Exception {
        everyCallIsToldRightly("exactly_once_v2", 20_000, 50, 12, Duration.ofMinutes(30), Fleet::killAndReplace);
    }

    /** What becomes of one instance of the fleet. */
    private interface Fate {
        void befall(Fleet fleet, int instance) throws Exception;
    }

    private void everyCallIsToldRightly(String guarantee, int calls, int pbxs, int blows, Duration limit, Fate fate)
            throws Exception {
        long seed = Long.getLong("fleet.seed", System.nanoTime());
        System.out.println("Again with -Dfleet.seed=" + seed);
        Random random = new Random(seed);
        Topics topics = new Topics("fleet");
        Traffic traffic = Traffic.of(calls, pbxs, random);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                Fleet fleet = Fleet.start(broker, topics, directory, INSTANCES, PARTITIONS, guarantee);
                Documents documents = new Documents(broker, topics, guarantee.equals("exactly_once_v2"))) {
            long begin = System.nanoTime();
            long rows = 0;
            for (int part = 0; part <= blows; part++) {
                List<Row> some = traffic.part(part, blows + 1);
                rows += some.size();
                write(broker, topics, some);
                // It strikes while documents are written
                documents.awaitMore();
                if (part < blows) {
                    fate.befall(fleet, part % INSTANCES);
                }
            }
            Map<String, Long> expected = traffic.expected();
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() ->
                            assertThat(documents.read().differing(expected)).isEmpty());
            assertThat(documents.latest).hasSameSizeAs(expected);
            System.out.printf(
                    "%s: %,d calls, %,d rows written, %,d documents, %d of them again, %d blows, %.0f s%n",
                    guarantee,
                    expected.size(),
                    rows,
                    documents.count,
                    documents.repeated,
                    blows,
                    (System.nanoTime() - begin) / 1e9);
        }
    }

    private static void write(EmbeddedBroker broker, Topics topics, List<Row> rows) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "linger.ms",
                        20,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Row row : rows) {
                String topic = row instanceof Cdr ? topics.cdr() : topics.cel();
                String pbx = row.provenance().pbx();
                sent.add(producer.send(new ProducerRecord<>(topic, pbx, TopologyFixture.bytes(row))));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        }
    }

    /**
     * What a document says.
     *
     * @param content without revision and phase
     */
    private record Told(int revision, boolean isComplete, long content) {
        static Told of(byte[] json) {
            JsonNode document = TopologyFixture.json(json);
            return new Told(
                    document.get("revision").asInt(),
                    document.get("is_complete").asBoolean(),
                    Traffic.contentOf(document));
        }
    }

    /** Reads what is committed and holds each call's revisions against each other. */
    private static final class Documents implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer;
        private final boolean isExactlyOnce;
        private final Map<String, Told> latest = new HashMap<>();
        private int count;
        private int repeated;

        Documents(EmbeddedBroker broker, Topics topics, boolean isExactlyOnce) {
            this.isExactlyOnce = isExactlyOnce;
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topics.calls(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
        }

        void awaitMore() {
            int before = count;
            Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> read().count > before);
        }

        Documents read() {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                Told told = Told.of(record.value());
                count++;
                Told before = latest.get(record.key());
                int last = before == null ? 0 : before.revision();
                if (!isExactlyOnce && told.revision() < last) {
                    // Whoever died had sent more than its state tells: what that counts as the latest comes again first
                    repeated++;
                } else {
                    hold(record.key(), told, last, told.equals(before));
                    latest.put(record.key(), told);
                }
            }
            return this;
        }

        /** At least once means that a document may come again as it was. */
        private void hold(String call, Told told, int last, boolean isSame) {
            if (isSame && !isExactlyOnce) {
                repeated++;
            } else {
                assertThat(told.revision())
                        .as("revision of %s after %d", call, last)
                        .isEqualTo(last + 1);
            }
        }

        /** The calls that are not complete yet, or told otherwise than the interpreter tells them. */
        Set<String> differing(Map<String, Long> expected) {
            Set<String> differing = new HashSet<>(expected.keySet());
            differing.removeIf(call -> latest.containsKey(call)
                    && latest.get(call).isComplete()
                    && expected.get(call).equals(latest.get(call).content()));
            return differing;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
