package com.sipstack.asterisk.assembler;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the application's group has committed with the ends of its topics. A partition whose offsets have reached the ends
 * was read up to the moment before the ends were asked for. One thread of its own asks, and only while somebody wants to know;
 * while the broker does not answer, time stands still.
 */
final class ConsumerBacklog implements Backlog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsumerBacklog.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;
    private final String group;
    private final List<String> topics;
    private final Clock clock;
    private final Map<Integer, Long> readUpTo = new ConcurrentHashMap<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ScheduledExecutorService asker;
    private final Set<TopicPartition> partitions = new HashSet<>();
    /** Where committed offsets stood when there last was something left to read. */
    private Map<TopicPartition, Long> unreadBefore = Map.of();

    private boolean answered = true;
    private Future<?> asking;

    ConsumerBacklog(Admin admin, String group, List<String> topics, Clock clock) {
        this.admin = admin;
        this.group = group;
        this.topics = topics;
        this.clock = clock;
        this.asker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "backlog-" + group);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(Duration interval) {
        asking = asker.scheduleWithFixedDelay(this::askIfWanted, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public long readUpTo(int partition) {
        wanted.set(true);
        return readUpTo.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.cancel(true);
        }
        asker.shutdownNow();
    }

    private void askIfWanted() {
        if (wanted.getAndSet(false)) {
            ask();
        }
    }

    private void ask() {
        try {
            long before = clock.millis();
            Map<TopicPartition, Long> ends = offsets(partitions(), OffsetSpec.latest());
            Map<TopicPartition, OffsetAndMetadata> committed =
                    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            Set<Integer> behind = new HashSet<>();
            unread(ends, committed).forEach(partition -> behind.add(partition.partition()));
            ends.keySet().stream()
                    .map(TopicPartition::partition)
                    .filter(partition -> !behind.contains(partition))
                    .forEach(partition -> readUpTo.merge(partition, before, Math::max));
            noteAnswer(null);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            noteAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where rows are that were not read. Of those that Kafka dropped before, nobody will ever commit that they were. */
    private Set<TopicPartition> unread(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> unread = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata read = committed.get(partition);
            long next = read == null ? 0 : read.offset();
            if (end > next) {
                unread.put(partition, next);
            }
        });
        // Mostly they are being read just now: the beginning is only asked for where nothing moves
        Set<TopicPartition> resting = new HashSet<>(unread.keySet());
        resting.removeIf(partition -> !unread.get(partition).equals(unreadBefore.get(partition)));
        unreadBefore = Map.copyOf(unread);
        offsets(resting, OffsetSpec.earliest()).forEach((partition, beginning) -> {
            if (beginning >= ends.get(partition)) {
                unread.remove(partition);
            }
        });
        return unread.keySet();
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> of, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (of.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        of.forEach(partition -> request.put(partition, spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(request, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Asked for once: their number is fixed for the topics' life. */
    private Set<TopicPartition> partitions() throws InterruptedException, ExecutionException, TimeoutException {
        if (partitions.isEmpty()) {
            get(admin.describeTopics(topics).allTopicNames())
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        }
        return partitions;
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void noteAnswer(Exception fault) {
        if (fault != null && answered) {
            log.warn(
                    "The broker does not tell how far the rows have been read; calls are not closed until it does",
                    fault);
        } else if (fault == null && !answered) {
            log.info("The broker tells again how far the rows have been read");
        }
        answered = fault == null;
    }
}
