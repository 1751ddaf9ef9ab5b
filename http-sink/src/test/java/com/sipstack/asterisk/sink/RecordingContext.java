package com.sipstack.asterisk.sink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Stands in for a Connect worker: remembers what a task asks of it, and writes letters when the test says so. */
final class RecordingContext implements SinkTaskContext {
    static final TopicPartition PARTITION = new TopicPartition(Calls.TOPIC, 0);

    final List<SinkRecord> letters = new ArrayList<>();
    final Set<TopicPartition> paused = new HashSet<>();
    CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    boolean deadLetterTopic = true;
    /** Null for a worker that has none. */
    PluginMetrics metrics;

    long timeoutMs = -1;
    int commitRequests;

    /** The value of a header of the only letter. */
    Object header(String name) {
        Header header = letters.get(0).headers().lastWithName("sipstack.dlq." + name);
        return header == null ? null : header.value();
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return deadLetterTopic ? this::report : null;
    }

    private Future<Void> report(SinkRecord record, Throwable error) {
        letters.add(record);
        return written;
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
        commitRequests++;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        if (metrics == null) {
            throw new NoSuchMethodError("a worker before Connect 4.1");
        }
        return metrics;
    }
}
