package com.sipstack.asterisk.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Drives a sink task as a Connect worker does, without Kafka: batches of 500, none while the task has paused its partition. */
final class DrivenSink implements SinkTaskContext {
    static final TopicPartition PARTITION = new TopicPartition("benchmark", 0);

    private static final int BATCH = 500;
    private static final long POLL_MS = 5;

    private final Set<TopicPartition> paused = new HashSet<>();
    private long timeoutMs = -1;

    /** Has the task ship all records, and returns how many seconds it took until the last could be committed. */
    double ship(SinkTask task, Map<String, String> settings, List<SinkRecord> records) {
        task.initialize(this);
        task.start(new HashMap<>(settings));
        task.open(List.of(PARTITION));
        try {
            long start = System.nanoTime();
            int next = 0;
            while (next < records.size() || committable(task, records.size()) < records.size()) {
                int end = paused.isEmpty() ? Math.min(records.size(), next + BATCH) : next;
                task.put(List.copyOf(records.subList(next, end)));
                if (end == next) {
                    // A worker has nothing to give and waits as the task asked, or polls on
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(timeoutMs > 0 ? timeoutMs : POLL_MS));
                }
                next = end;
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            task.stop();
        }
    }

    private static long committable(SinkTask task, long end) {
        return task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(end)))
                .get(PARTITION)
                .offset();
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return (record, error) -> {
            throw new IllegalStateException("the API refused a record of the benchmark", error);
        };
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of(PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(Arrays.asList(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        paused.removeAll(Arrays.asList(partitions));
    }

    @Override
    public void timeout(long milliseconds) {
        timeoutMs = milliseconds;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("a worker before Connect 4.1");
    }

    @Override
    public Map<String, String> configs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
        // It asks all the time
    }
}
