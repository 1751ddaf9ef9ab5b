package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.PbxSettings.Layer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of PBXs from their compacted topic, by the PBX's name; a null value takes them away. Each instance reads all of it, with
 * one thread of its own, and goes on reading.
 */
final class SettingsTopic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SettingsTopic.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int LARGEST = 256 * 1024;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final PbxSettings settings;
    private final AssemblerMetrics metrics;
    private final Thread thread;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String fault = "";

    /** @param consumer without group; closed by this */
    SettingsTopic(Consumer<byte[], byte[]> consumer, String topic, PbxSettings settings, AssemblerMetrics metrics) {
        this.consumer = consumer;
        this.topic = topic;
        this.settings = settings;
        this.metrics = metrics;
        this.thread = new Thread(this::read, "settings-topic");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Done when all that was there at the start has been taken over; failed if it cannot be read. */
    CompletableFuture<Void> loaded() {
        return loaded;
    }

    /** Why the topic cannot be read now; empty if it can. */
    String fault() {
        return fault;
    }

    @Override
    public void close() {
        closed.countDown();
        consumer.wakeup();
        try {
            thread.join(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            load();
            loaded.complete(null);
            while (closed.getCount() > 0) {
                follow();
            }
        } catch (WakeupException | InterruptedException | InterruptException e) {
            log.debug("The settings are no longer read", e);
        } catch (RuntimeException e) {
            loaded.completeExceptionally(e);
            if (closed.getCount() > 0) {
                fault = e.toString();
                log.error("Settings are no longer read from {}", topic, e);
            }
        }
    }

    private void load() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new HashMap<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(record -> latest.put(pbx(record), record));
        }
        // By age, so that every instance lets the same one of two PBXs have a host name, whichever partition it read
        // first
        List<ConsumerRecord<byte[], byte[]>> byAge = new ArrayList<>(latest.values());
        byAge.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparing(SettingsTopic::pbx));
        take(byAge);
        log.info("Read the settings of {} PBXs from {}", byAge.size(), topic);
    }

    private void follow() throws InterruptedException {
        try {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            take(records);
            fault = "";
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            if (fault.isEmpty()) {
                log.error("Settings cannot be read from {}; the old ones stay", topic, e);
            }
            fault = e.toString();
            pause();
        }
    }

    private void pause() throws InterruptedException {
        if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("Closed while the topic could not be read");
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Map<String, String>> told = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                told.put(pbx(record), settingsOf(record));
            } catch (ConfigException e) {
                refuse(pbx(record), e.getMessage());
            }
        }
        settings.put(Layer.TOPIC, told).forEach(this::refuse);
    }

    private void refuse(String pbx, String reason) {
        metrics.refusedSettings();
        log.error("The settings of the PBX '{}' in {} are refused; it keeps the old ones: {}", pbx, topic, reason);
    }

    private static Map<String, String> settingsOf(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Map.of();
        }
        if (record.value().length > LARGEST) {
            throw new ConfigException("settings have more than " + LARGEST + " bytes");
        }
        return SettingsText.ofPbx(pbx(record), record.value());
    }

    private static String pbx(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
