package com.sipstack.asterisk.assembler.dlq;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads stretches of partitions from one offset up to another. For one thread. */
public final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;

    public TopicScan(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** All partitions of a topic; empty if there is no such topic. */
    List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    /**
     * Reads each partition's records in order; what was deleted from its beginning is passed over.
     *
     * @param from the first offset of each partition
     * @param to where each of these partitions ends, this offset not included
     * @throws TimeoutException if nothing comes for a minute
     */
    public void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<TopicPartition, Long> left = new HashMap<>(from);
        left.keySet().removeIf(partition -> from.get(partition) >= to.get(partition));
        consumer.assign(left.keySet());
        left.forEach(consumer::seek);
        long lastNews = System.nanoTime();
        while (!left.isEmpty()) {
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
                    action.accept(record);
                }
            });
            if (advance(left, to)) {
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                throw new TimeoutException("the broker gives nothing more of " + left.keySet());
            }
        }
    }

    /** Remembers how far each partition was read, lets go of those at their end, and tells whether there was any progress. */
    private boolean advance(Map<TopicPartition, Long> left, Map<TopicPartition, Long> to) {
        Map<TopicPartition, Long> before = Map.copyOf(left);
        left.replaceAll((partition, offset) -> consumer.position(partition));
        boolean advanced = !left.equals(before);
        if (left.entrySet().removeIf(partition -> partition.getValue() >= to.get(partition.getKey()))) {
            consumer.assign(left.keySet());
            left.forEach(consumer::seek);
        }
        return advanced;
    }
}
