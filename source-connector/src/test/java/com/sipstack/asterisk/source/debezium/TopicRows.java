package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Reads the rows of PBX east in a topic of one partition, from its beginning. */
final class TopicRows implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ObjectNode> rows = new ArrayList<>();

    TopicRows(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        consumer.seekToBeginning(consumer.assignment());
    }

    /** All rows so far, as soon as there are as many; not more. */
    List<ObjectNode> await(int count) {
        List<ObjectNode> found = awaitUntil(all -> all.size() >= count);
        assertThat(found).hasSize(count);
        return found;
    }

    /** All rows so far, as soon as they are what they should be. */
    List<ObjectNode> awaitUntil(Predicate<List<ObjectNode>> arrived) {
        return Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(this::read, arrived);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<ObjectNode> read() {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
            assertThat(record.key()).isEqualTo("east");
            rows.add(parse(record.value()));
        });
        return List.copyOf(rows);
    }

    private static ObjectNode parse(byte[] value) {
        try {
            return (ObjectNode) JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a record is no JSON", e);
        }
    }
}
