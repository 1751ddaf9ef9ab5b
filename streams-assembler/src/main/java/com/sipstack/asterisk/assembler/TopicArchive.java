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
 * {@link #AROUND} of it, whatever the topic's length. One that is not there may have been replayed: then what was written since is
 * read, too, once for all calls. The consumer is made when the first document is looked for.
 */
final class TopicArchive implements DocumentArchive {
    /** Where the broker stamps records, its clock counts, which may go differently from ours. */
    private static final Duration AROUND = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** A long topic is read bit by bit, beside the task's other work: the next look goes on where this one ended. */
    private static final Duration REPLAYS_LIMIT = Duration.ofSeconds(5);

    private static final Duration REPLAYS_REST = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final String topic;
    private final Map<TopicPartition, ReplayedDocuments> replays = new HashMap<>();
    private Consumer<String, byte[]> consumer;
    /** When replays may be read on. */
    private long rested = System.nanoTime();

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
        Optional<byte[]> near = scan(call.toString(), partition, end, timestamp + AROUND.toMillis());
        return near.isPresent() ? near : replayed(call.toString(), partition, start.offset(), end);
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

    private Optional<byte[]> replayed(String key, TopicPartition partition, long begin, long end) {
        ReplayedDocuments known = replays.computeIfAbsent(partition, none -> new ReplayedDocuments());
        readOn(known, partition, begin, end);
        Long offset = known.offsetOf(key);
        if (offset == null) {
            return Optional.empty();
        }
        consumer().seek(partition, offset);
        return scan(key, partition, offset + 1, Long.MAX_VALUE);
    }

    private void readOn(ReplayedDocuments known, TopicPartition partition, long begin, long end) {
        if (System.nanoTime() - rested < 0) {
            throw new TimeoutException("what was replayed is still being read");
        }
        long first = consumer().beginningOffsets(List.of(partition)).get(partition);
        consumer().seek(partition, Math.max(first, known.next(begin)));
        long limit = System.nanoTime() + REPLAYS_LIMIT.toNanos();
        while (consumer().position(partition) < end) {
            if (System.nanoTime() > limit) {
                rested = System.nanoTime() + REPLAYS_REST.toNanos();
                throw new TimeoutException("what was replayed could not be read within " + REPLAYS_LIMIT);
            }
            consumer().poll(POLL).forEach(known::learn);
            known.readUpTo(consumer().position(partition));
        }
        known.readWhole();
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
