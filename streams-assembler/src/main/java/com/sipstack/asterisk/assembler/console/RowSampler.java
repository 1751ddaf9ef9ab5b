package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at the newest rows of each partition, to know when each PBX was last heard, without reading all that they say.
 * One thread of its own.
 */
final class RowSampler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RowSampler.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int NEWEST = 500;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<String> topics;
    private final Function<ConsumerRecord<byte[], byte[]>, Row> reader;
    private final PbxBoard pbxs;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Thread thread = new Thread(this::run, "console-sampler");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private boolean failed;

    private record Origin(String topic, ByteBuffer pbx) {}

    /** @param reader used by this one's thread alone */
    RowSampler(
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            Function<ConsumerRecord<byte[], byte[]>, Row> reader,
            PbxBoard pbxs) {
        this.consumers = consumers;
        this.topics = topics;
        this.reader = reader;
        this.pbxs = pbxs;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Consumer<byte[], byte[]> reading = consumers.get()) {
            consumer = reading;
            do {
                look(reading);
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (WakeupException | InterruptException | InterruptedException e) {
            log.debug("Rows are no longer looked at", e);
        } catch (RuntimeException e) {
            log.error("The console can no longer tell when PBXs were heard", e);
        }
    }

    private void look(Consumer<byte[], byte[]> reading) {
        try {
            newest(reading).values().forEach(this::tell);
            failed = false;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            if (!failed) {
                log.warn("The console cannot tell now when PBXs were heard: {}", e.getMessage());
            }
            failed = true;
        }
    }

    private Map<Origin, ConsumerRecord<byte[], byte[]>> newest(Consumer<byte[], byte[]> reading) {
        Map<TopicPartition, Long> ends = seekToNews(reading);
        Map<Origin, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < limit
                && ends.entrySet().stream().anyMatch(end -> reading.position(end.getKey()) < end.getValue())) {
            reading.poll(POLL).forEach(record -> {
                if (record.key() != null && record.value() != null) {
                    newest.put(new Origin(record.topic(), ByteBuffer.wrap(record.key())), record);
                }
            });
        }
        ends.keySet().forEach(partition -> read.put(partition, reading.position(partition)));
        return newest;
    }

    /** What has more than a few hundred new rows is read from its last few hundred on. */
    private Map<TopicPartition, Long> seekToNews(Consumer<byte[], byte[]> reading) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> reading.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        reading.assign(partitions);
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions);
        Map<TopicPartition, Long> begins = reading.beginningOffsets(partitions);
        ends.forEach((partition, end) -> reading.seek(
                partition, Math.max(begins.get(partition), Math.max(read.getOrDefault(partition, 0L), end - NEWEST))));
        return ends;
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        try {
            pbxs.row(reader.apply(record), record.timestamp());
        } catch (RowFormatException e) {
            log.debug("{}-{} at {} is no row", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
