package com.sipstack.asterisk.sink;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads from any offset of any partition, with little memory; opened when it is first needed. For one thread. */
final class RangeConsumer implements AutoCloseable {
    private static final String PIECE = Integer.toString(1024 * 1024);

    private final KafkaConfig config;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    RangeConsumer(KafkaConfig config) {
        this.config = config;
    }

    /** Stands before this offset. */
    KafkaConsumer<byte[], byte[]> at(TopicPartition partition, long offset) {
        KafkaConsumer<byte[], byte[]> open = open();
        open.assign(Set.of(partition));
        open.seek(partition, offset);
        return open;
    }

    KafkaConsumer<byte[], byte[]> open() {
        if (consumer == null) {
            Map<String, Object> settings = config.with(Map.of(
                    "enable.auto.commit", "false",
                    "auto.offset.reset", "none",
                    "allow.auto.create.topics", "false",
                    "isolation.level", "read_committed",
                    "fetch.max.bytes", PIECE,
                    "max.partition.fetch.bytes", PIECE));
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }

    /** Has what waits for Kafka end with an exception; for any thread. */
    void wakeUp() {
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
