package com.sipstack.asterisk.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Which offsets may be committed. For the task's thread; the tickets that it hands out are for any. */
final class OffsetTracker {
    private final Map<TopicPartition, PartitionOffsets> assigned = new HashMap<>();
    private Map<TopicPartition, Long> before = Map.of();

    void open(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> assigned.put(partition, new PartitionOffsets()));
    }

    /** Disowns what is unhandled in these partitions. */
    void close(Collection<TopicPartition> partitions) {
        partitions.stream().filter(assigned::containsKey).map(assigned::remove).forEach(PartitionOffsets::disown);
    }

    OffsetTicket track(SinkRecord record) {
        // Where Kafka has the record: a transformation may have changed its topic
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        return assigned.computeIfAbsent(partition, absent -> new PartitionOffsets())
                .track(record.originalKafkaOffset());
    }

    /** How many records of the assigned partitions are not handled yet. */
    int unhandled() {
        return assigned.values().stream().mapToInt(PartitionOffsets::size).sum();
    }

    /** True if there is another offset to commit than when this was asked before. */
    boolean hasAdvanced() {
        Map<TopicPartition, Long> now = new HashMap<>();
        assigned.forEach((partition, offsets) -> now.put(partition, offsets.next()));
        boolean advanced = !now.equals(before);
        before = now;
        return advanced;
    }

    /**
     * For each assigned partition the offset to read next after a restart.
     *
     * @param delivered how far Connect has delivered, records that transformations dropped included
     */
    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> delivered) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        delivered.forEach((partition, next) -> {
            if (assigned.containsKey(partition)) {
                offsets.put(partition, committable(partition, next));
            }
        });
        return offsets;
    }

    private OffsetAndMetadata committable(TopicPartition partition, OffsetAndMetadata delivered) {
        OptionalLong unhandled = assigned.get(partition).firstUnhandled();
        return unhandled.isPresent() ? new OffsetAndMetadata(unhandled.getAsLong()) : delivered;
    }
}
