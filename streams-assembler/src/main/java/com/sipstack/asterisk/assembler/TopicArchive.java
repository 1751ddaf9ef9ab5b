package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Finds documents in their topic: in the partition of their key, around the time at which their record was written. The topic is
 * compacted, but the last document of a call stays until its retention ends. A look costs what was written there within
 * {@link #AROUND} of it, whatever the topic's length. The consumer is made when the first document is looked for.
 */
final class TopicArchive implements DocumentArchive {
    /** Where the broker stamps records, its clock counts, which may go differently from ours. */
    private static final Duration AROUND = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final String topic;
    private Consumer<String, byte[]> consumer;

    /** @param settings of a consumer */
    TopicArchive(Map<String, Object> settings, String topic) {
        this.settings = new HashMap<>(settings);
        this.topic = topic;
    }

    @Override
    public Optional<byte[]> find(CallKey call, long timestamp) {
        TopicPartition partition = partitionOf(call);
        consumer().assign(List.of(partition));
        OffsetAndTimestamp start = consumer()
                .offsetsForTimes(Map.of(partition, timestamp - AROUND.toMillis()))
                .get(partition);
        if (start == null) {
            return Optional.empty();
        }
        long end = consumer().endOffsets(List.of(partition)).get(partition);
        consumer().seek(partition, start.offset());
        return scan(call.toString(), partition, end, timestamp + AROUND.toMillis());
    }

    /** The last one of the call counts: one that was written twice, since nobody knew whether it was, may stand there twice. */
    private Optional<byte[]> scan(String key, TopicPartition partition, long end, long until) {
        byte[] found = null;
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (consumer().position(partition) < end) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException("a document could not be read back within " + LIMIT);
            }
            for (ConsumerRecord<String, byte[]> record : consumer().poll(POLL)) {
                if (record.timestamp() > until) {
                    return Optional.ofNullable(found);
                }
                found = key.equals(record.key()) ? record.value() : found;
            }
        }
        return Optional.ofNullable(found);
    }

    /** As the producer has put it. */
    private TopicPartition partitionOf(CallKey call) {
        int partitions = consumer().partitionsFor(topic).size();
        byte[] key = call.toString().getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
    }

    private Consumer<String, byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
