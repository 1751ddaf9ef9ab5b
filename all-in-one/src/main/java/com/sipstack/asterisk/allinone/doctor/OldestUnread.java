package com.sipstack.asterisk.allinone.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the first record that a reader has not read, by reading it. Offsets alone do not tell: the marks of transactions count as well, so
 * that a reader seems never to arrive.
 */
final class OldestUnread {
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> client;

    OldestUnread(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /**
     * A record that waits to be read.
     *
     * @param behind how many offsets there are from it to the end
     * @param timestamp in milliseconds
     */
    record Unread(TopicPartition partition, long behind, long timestamp) {}

    /** @param read the offsets to go on from */
    List<Unread> of(Map<TopicPartition, Long> read) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet());
            Set<TopicPartition> open = new HashSet<>(read.keySet());
            open.removeIf(partition -> read.get(partition) >= ends.get(partition));
            consumer.assign(open);
            open.forEach(partition -> consumer.seek(partition, read.get(partition)));
            return first(consumer, open, ends);
        }
    }

    private static List<Unread> first(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> open, Map<TopicPartition, Long> ends) {
        List<Unread> found = new ArrayList<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            var records = consumer.poll(WAIT);
            for (TopicPartition partition : Set.copyOf(open)) {
                if (!records.records(partition).isEmpty()) {
                    ConsumerRecord<byte[], byte[]> record =
                            records.records(partition).get(0);
                    found.add(new Unread(partition, ends.get(partition) - record.offset(), record.timestamp()));
                    open.remove(partition);
                } else if (consumer.position(partition) >= ends.get(partition)) {
                    open.remove(partition);
                }
            }
            consumer.pause(consumer.assignment().stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
        }
        return found;
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        List.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG)
                .forEach(settings::remove);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
