package com.sipstack.asterisk.source.csv;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/** A task as a worker runs it, without a worker: what is awaited is acknowledged at once. */
final class RunningCsvTask implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CsvSourceTask task;
    private final Map<Map<String, ?>, Map<String, ?>> offsets;
    private final List<SourceRecord> records = new ArrayList<>();

    private RunningCsvTask(CsvSourceTask task, Map<Map<String, ?>, Map<String, ?>> offsets) {
        this.task = task;
        this.offsets = offsets;
    }

    /** @param offsets where an earlier task stopped; kept up to date */
    static RunningCsvTask start(Map<String, String> settings, Map<Map<String, ?>, Map<String, ?>> offsets) {
        CsvSourceTask task = new CsvSourceTask(Clock.systemUTC());
        task.initialize(new Context(settings, offsets));
        task.start(settings);
        return new RunningCsvTask(task, offsets);
    }

    /** All records of a topic so far, as soon as there are as many. */
    List<SourceRecord> await(String topic, int count) {
        awaitThat(ignored -> of(topic).size() >= count);
        return of(topic);
    }

    /** Polls until the condition holds. */
    void awaitThat(Predicate<CsvCounters> condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(LIMIT)
                .until(() -> {
                    acknowledge(poll());
                    return condition.test(counters());
                });
    }

    /** Polls until all files were looked at twice from now on: what is there was found, if it is ever found. */
    void awaitLook() {
        long before = counters().turns();
        awaitThat(counters -> counters.turns() >= before + 2);
    }

    List<SourceRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    CsvCounters counters() {
        return task.counters().get("east");
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

    @Override
    public void close() {
        task.stop();
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
