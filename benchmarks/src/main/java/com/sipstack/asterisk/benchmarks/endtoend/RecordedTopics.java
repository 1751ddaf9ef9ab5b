package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a run has left in its topics: the reference loops handle the same bytes.
 *
 * @param rows of CDRs and channel events
 * @param documents of calls
 */
record RecordedTopics(List<ConsumerRecord<byte[], byte[]>> rows, List<ConsumerRecord<byte[], byte[]>> documents) {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** @param most records of each kind */
    static RecordedTopics of(String bootstrapServers, int most) {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        return new RecordedTopics(
                read(bootstrapServers, List.of(topics.cdr(), topics.cel()), most),
                read(bootstrapServers, List.of(topics.calls()), most));
    }

    /** Reads the topics from their beginning to their present end. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, List<String> topics, int most) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .map(consumer::partitionsFor)
                    .flatMap(Collection::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (records.size() < most
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records.size() > most ? records.subList(0, most) : records;
        }
    }
}
