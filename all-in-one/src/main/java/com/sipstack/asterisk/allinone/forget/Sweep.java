package com.sipstack.asterisk.allinone.forget;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads topics from their beginning to where they end now. For one thread. */
final class Sweep {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /** @param topics those that are not there are left out */
    Sweep(Consumer<byte[], byte[]> consumer, Collection<String> topics) {
        this.consumer = consumer;
        Map<String, List<PartitionInfo>> existing = consumer.listTopics();
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> existing.getOrDefault(topic, List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        this.ends = consumer.endOffsets(partitions);
    }

    /** Hands over each partition's records in order; as often as it is asked for the same ones. */
    void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        consumer.assign(open);
        consumer.seekToBeginning(open);
        open.removeIf(this::isDone);
        long lastNews = System.nanoTime();
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastNews = System.nanoTime();
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    action.accept(record);
                }
            }
            open.removeIf(this::isDone);
            if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                throw new TimeoutException("the broker gives nothing more of " + open);
            }
        }
    }

    private boolean isDone(TopicPartition partition) {
        return consumer.position(partition) >= ends.get(partition);
    }
}
