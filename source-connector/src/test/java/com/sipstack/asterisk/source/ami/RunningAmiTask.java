package com.sipstack.asterisk.source.ami;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/** A task as a worker runs it, without a worker: what is polled is acknowledged at once. A PBX that refuses is tried again soon. */
final class RunningAmiTask implements AutoCloseable {
    private final AmiSourceTask task;
    private final Map<Map<String, ?>, Map<String, ?>> offsets;
    private final List<SourceRecord> records = new ArrayList<>();

    private RunningAmiTask(AmiSourceTask task, Map<Map<String, ?>, Map<String, ?>> offsets) {
        this.task = task;
        this.offsets = offsets;
    }

    /** @param offsets where an earlier task stopped; kept up to date */
    static RunningAmiTask start(
            Map<String, String> settings, Map<Map<String, ?>, Map<String, ?>> offsets, int queueCapacity) {
        return start(settings, offsets, queueCapacity, () -> 0.01);
    }

    /** @param jitter asked for when a PBX cannot be reached, and for nothing else */
    static RunningAmiTask start(
            Map<String, String> settings,
            Map<Map<String, ?>, Map<String, ?>> offsets,
            int queueCapacity,
            DoubleSupplier jitter) {
        AmiSourceTask task = new AmiSourceTask(Clock.systemUTC(), jitter, queueCapacity, Duration.ofMillis(50));
        task.initialize(new Context(settings, offsets));
        task.start(settings);
        return new RunningAmiTask(task, offsets);
    }

    static RunningAmiTask start(Map<String, String> settings) {
        return start(settings, new HashMap<>(), 10_000);
    }

    /** The values of a topic's records so far, as soon as there are as many. */
    List<Struct> await(String topic, int count) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> poll(topic), found -> found.size() >= count);
        return of(topic).stream().map(record -> (Struct) record.value()).toList();
    }

    /** Records that came so far. */
    List<SourceRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    AmiCounters counters(String pbx) {
        return task.counters().get(pbx);
    }

    /** What Connect gets when it asks once. */
    List<SourceRecord> pollOnce() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        return polled == null ? List.of() : polled;
    }

    @Override
    public void close() {
        task.stop();
    }

    private List<SourceRecord> poll(String topic) throws InterruptedException {
        List<SourceRecord> polled = pollOnce();
        polled.forEach(record -> offsets.put(record.sourcePartition(), record.sourceOffset()));
        records.addAll(polled);
        return of(topic);
    }

    private record Context(Map<String, String> configs, Map<Map<String, ?>, Map<String, ?>> offsets)
            implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
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
