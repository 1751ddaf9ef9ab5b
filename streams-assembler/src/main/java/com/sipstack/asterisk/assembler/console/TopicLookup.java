package com.sipstack.asterisk.assembler.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads single records and short stretches of topics, when somebody asks. One question at a time; safe for any thread. */
final class TopicLookup implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_RECORDS = 200_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ReentrantLock lock = new ReentrantLock(true);
    private Consumer<byte[], byte[]> consumer;

    TopicLookup(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /**
     * What was found.
     *
     * @param isWhole whether all of the stretch was read: otherwise it was too long, or the broker too slow
     */
    record Found(List<ConsumerRecord<byte[], byte[]>> records, boolean isWhole) {}

    /** The record at an offset; empty if it is gone: compaction and retention take them. */
    Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        return asking(reading -> {
            reading.assign(List.of(partition));
            if (reading.beginningOffsets(List.of(partition)).get(partition) > offset
                    || reading.endOffsets(List.of(partition)).get(partition) <= offset) {
                return Optional.empty();
            }
            reading.seek(partition, offset);
            long limit = System.nanoTime() + LIMIT.toNanos();
            while (reading.position(partition) <= offset && System.nanoTime() < limit) {
                for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
            }
            return Optional.empty();
        });
    }

    /**
     * Records of a key's partition that were written within a time.
     *
     * @param from milliseconds since 1970
     * @param until milliseconds since 1970
     */
    Found between(String topic, byte[] key, long from, long until, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        return asking(reading -> {
            int partitions = reading.partitionsFor(topic).size();
            TopicPartition partition = new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
            reading.assign(List.of(partition));
            OffsetAndTimestamp start =
                    reading.offsetsForTimes(Map.of(partition, from)).get(partition);
            if (start == null) {
                return new Found(List.of(), true);
            }
            reading.seek(partition, start.offset());
            return scan(reading, partition, until, wanted);
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (consumer != null) {
                consumer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Found scan(
            Consumer<byte[], byte[]> reading,
            TopicPartition partition,
            long until,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        long end = reading.endOffsets(List.of(partition)).get(partition);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long limit = System.nanoTime() + LIMIT.toNanos();
        int seen = 0;
        while (reading.position(partition) < end) {
            if (System.nanoTime() > limit || seen > MOST_RECORDS) {
                return new Found(found, false);
            }
            for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
                if (record.timestamp() > until) {
                    return new Found(found, true);
                }
                seen++;
                if (wanted.test(record)) {
                    found.add(record);
                }
            }
        }
        return new Found(found, true);
    }

    /** @throws TimeoutException if others ask for too long */
    private <T> T asking(java.util.function.Function<Consumer<byte[], byte[]>, T> question) {
        try {
            if (!lock.tryLock(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException("others ask too much at a time; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted", e);
        }
        try {
            consumer = consumer == null ? consumers.get() : consumer;
            return question.apply(consumer);
        } finally {
            lock.unlock();
        }
    }
}
