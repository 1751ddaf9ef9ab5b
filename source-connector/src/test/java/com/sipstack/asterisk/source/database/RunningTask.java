package com.sipstack.asterisk.source.database;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/** A task as a worker runs it, without a worker: what is awaited is acknowledged at once. */
final class RunningTask implements AutoCloseable {
    private final DatabaseSourceTask task;
    private final Map<Map<String, ?>, Map<String, ?>> offsets;
    private final List<SourceRecord> records = new ArrayList<>();

    private RunningTask(DatabaseSourceTask task, Map<Map<String, ?>, Map<String, ?>> offsets) {
        this.task = task;
        this.offsets = offsets;
    }

    /** @param offsets where an earlier task stopped; kept up to date */
    static RunningTask start(Map<String, String> settings, Map<Map<String, ?>, Map<String, ?>> offsets, Clock clock) {
        return start(settings, offsets, clock, () -> 0.1);
    }

    /** @param jitter asked for when a PBX cannot be read, and for nothing else */
    static RunningTask start(
            Map<String, String> settings,
            Map<Map<String, ?>, Map<String, ?>> offsets,
            Clock clock,
            DoubleSupplier jitter) {
        DatabaseSourceTask task = new DatabaseSourceTask(clock, jitter);
        task.initialize(new Context(settings, offsets));
        task.start(settings);
        return new RunningTask(task, offsets);
    }

    static RunningTask start(Map<String, String> settings) {
        return start(settings, new HashMap<>(), Clock.systemUTC());
    }

    /** All records of a topic so far, as soon as there are as many. */
    List<SourceRecord> await(String topic, int count) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> poll(topic), found -> found.size() >= count);
        return of(topic);
    }

    /** Records that came so far. */
    List<SourceRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    /** Polls until the counters are as they should be. */
    void awaitCounters(Predicate<PbxCounters> condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    poll("");
                    return condition.test(counters());
                });
    }

    PbxCounters counters() {
        return task.counters().get("east");
    }

    @Override
    public void close() {
        task.stop();
    }

    /** What comes next, which is not acknowledged yet. */
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        return polled == null ? List.of() : polled;
    }

    void acknowledge(List<SourceRecord> polled) {
        polled.forEach(record -> offsets.put(record.sourcePartition(), record.sourceOffset()));
        records.addAll(polled);
    }

    private List<SourceRecord> poll(String topic) throws InterruptedException {
        acknowledge(poll());
        return of(topic);
    }

    private record Context(Map<String, String> configs, Map<Map<String, ?>, Map<String, ?>> offsets)
            implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new NoSuchMethodError("older workers have none");
        }

        @Override
        @SuppressWarnings("unchecked") // as in Connect itself
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return (Map<String, Object>) offsets.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, offset(partition)));
            return found;
        }
    }
}
