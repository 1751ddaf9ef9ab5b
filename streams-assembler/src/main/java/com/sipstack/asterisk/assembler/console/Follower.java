package com.sipstack.asterisk.assembler.console;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all partitions of topics from a moment of the past on, and goes on reading, with one thread of its own. */
final class Follower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<Followed> topics;
    private final Thread thread = new Thread(this::run, "console-follower");
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile String fault = "";

    /**
     * A topic and who takes its records.
     *
     * @param from where to begin, in milliseconds since 1970, by the records' own time
     * @param deletedBefore told now and then from which offset on a partition still has its records
     */
    record Followed(
            String topic,
            long from,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker,
            java.util.function.ObjLongConsumer<TopicPartition> deletedBefore) {}

    Follower(Supplier<Consumer<byte[], byte[]>> consumers, List<Followed> topics) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Done once everything is read that was there at the start. */
    boolean hasCaughtUp() {
        return caughtUp.isDone();
    }

    /** Why nothing is read now; empty if it is. */
    String fault() {
        return fault;
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(POLL.toMillis() * 4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Consumer<byte[], byte[]> reading = consumers.get()) {
            consumer = reading;
            follow(reading);
        } catch (WakeupException | InterruptException | InterruptedException e) {
            log.debug("The console no longer reads", e);
        } catch (RuntimeException e) {
            fault = e.getMessage();
            log.error("The console can no longer read topics", e);
        }
    }

    private void follow(Consumer<byte[], byte[]> reading) throws InterruptedException {
        Map<TopicPartition, Followed> assigned = Map.of();
        Map<TopicPartition, Long> ends = Map.of();
        long nextLook = System.nanoTime();
        while (closed.getCount() > 0) {
            try {
                if (assigned.isEmpty()) {
                    assigned = assign(reading);
                    ends = reading.endOffsets(assigned.keySet());
                }
                poll(reading, assigned);
                if (System.nanoTime() - nextLook > 0) {
                    nextLook = System.nanoTime() + LOOK_AROUND.toNanos();
                    lookAround(reading, assigned);
                }
                noteProgress(reading, ends);
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                pause(e);
            }
        }
    }

    private void noteProgress(Consumer<byte[], byte[]> reading, Map<TopicPartition, Long> ends) {
        fault = "";
        if (!caughtUp.isDone()
                && ends.entrySet().stream().allMatch(end -> reading.position(end.getKey()) >= end.getValue())) {
            caughtUp.complete(null);
        }
    }

    private Map<TopicPartition, Followed> assign(Consumer<byte[], byte[]> reading) {
        Map<TopicPartition, Followed> all = new HashMap<>();
        Map<TopicPartition, Long> times = new HashMap<>();
        for (Followed topic : topics) {
            reading.partitionsFor(topic.topic()).forEach(partition -> {
                TopicPartition place = new TopicPartition(topic.topic(), partition.partition());
                all.put(place, topic);
                times.put(place, topic.from());
            });
        }
        reading.assign(all.keySet());
        List<TopicPartition> nothingSince = new ArrayList<>();
        reading.offsetsForTimes(times).forEach((partition, start) -> {
            if (start == null) {
                nothingSince.add(partition);
            } else {
                reading.seek(partition, start.offset());
            }
        });
        reading.endOffsets(nothingSince).forEach(reading::seek);
        return all;
    }

    private static void poll(Consumer<byte[], byte[]> reading, Map<TopicPartition, Followed> assigned) {
        for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
            take(record, assigned.get(new TopicPartition(record.topic(), record.partition())));
        }
    }

    /** A record that is none of ours is passed over: whoever may write the topic may have written it. */
    private static void take(ConsumerRecord<byte[], byte[]> record, Followed topic) {
        try {
            topic.taker().accept(record);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.debug("{}-{} at {} is none of ours", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private static void lookAround(Consumer<byte[], byte[]> reading, Map<TopicPartition, Followed> assigned) {
        reading.beginningOffsets(assigned.keySet())
                .forEach((partition, first) ->
                        assigned.get(partition).deletedBefore().accept(partition, first));
    }

    private void pause(KafkaException e) throws InterruptedException {
        if (fault.isEmpty()) {
            log.warn("The console cannot read topics now and tries again: {}", e.getMessage());
        }
        fault = e instanceof AuthorizationException ? "not allowed: " + e.getMessage() : e.getMessage();
        if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("Closed while topics could not be read");
        }
    }
}
