package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Lets records pass that stand in the partition where their key belongs. One that does not was written by a producer with another
 * partitioner or key format, or before the topic's partitions were changed: the rest of its call is elsewhere, and a document made
 * of one half would overwrite that of the other.
 */
final class PartitionGuard extends ContextualProcessor<String, byte[], String, byte[]> {
    private final int partitions;
    private final AssemblerMetrics metrics;

    /** @param partitions how many each topic of rows has */
    PartitionGuard(int partitions, AssemblerMetrics metrics) {
        this.partitions = partitions;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        metrics.row(place.topic());
        // What is wrong with a record without key is said where rows are read
        if (record.key() == null || home(record.key()) == place.partition()) {
            context().forward(record, AssemblerTopology.CALLS);
            return;
        }
        metrics.misplacedRow();
        String reason = "wrong-partition: the key '" + record.key() + "' belongs in partition " + home(record.key())
                + " of " + partitions + "; keys must be plain strings, and partitioned as Kafka's own producers do";
        DeadLetter letter = DeadLetter.ofRecord(
                Letters.STAGE, reason, record.key(), place.topic(), place.partition(), place.offset());
        context().forward(record.withHeaders(Letters.headers(letter)), AssemblerTopology.DEAD_LETTERS);
    }

    private int home(String key) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
