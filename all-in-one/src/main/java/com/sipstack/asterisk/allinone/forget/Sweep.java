package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.assembler.dlq.TopicScan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads topics from their beginning to where they end now. For one thread. */
final class Sweep {
    private final TopicScan scan;
    private final Map<TopicPartition, Long> ends;

    /** @param topics those that are not there are left out */
    Sweep(Consumer<byte[], byte[]> consumer, Collection<String> topics) {
        this.scan = new TopicScan(consumer);
        Map<String, List<PartitionInfo>> existing = consumer.listTopics();
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> existing.getOrDefault(topic, List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        this.ends = scan.ends(partitions);
    }

    /** Hands over each partition's records in order; as often as it is asked for the same ones. */
    void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        scan.read(scan.beginnings(ends.keySet()), ends, action);
    }
}
