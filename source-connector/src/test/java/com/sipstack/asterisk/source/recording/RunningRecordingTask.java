package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Recording;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** A task as a worker runs it, without a worker: what is awaited is acknowledged at once, each topic having one partition. */
final class RunningRecordingTask implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RecordingSourceTask task;
    private final List<SourceRecord> records = new ArrayList<>();
    private final Map<String, Long> ends = new HashMap<>();

    private RunningRecordingTask(RecordingSourceTask task) {
        this.task = task;
    }

    static RunningRecordingTask start(Map<String, String> settings) {
        RecordingSourceTask task = new RecordingSourceTask(Clock.systemUTC(), Duration.ofMillis(20));
        task.initialize(new Context(settings));
        task.start(settings);
        return new RunningRecordingTask(task);
    }

    /** Polls and acknowledges until the assertion holds. */
    void until(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(LIMIT)
                .untilAsserted(() -> {
                    poll().forEach(this::acknowledge);
                    assertion.run();
                });
    }

    /** All recordings so far, as soon as there are as many. */
    List<Recording> await(int count) {
        until(() -> assertThat(recordings()).hasSizeGreaterThanOrEqualTo(count));
        return recordings();
    }

    /** Polls until all folders were looked through twice from now on: what is there was found, if it is ever found. */
    void awaitScan() {
        long before = counters().scans();
        until(() -> assertThat(counters().scans()).isGreaterThanOrEqualTo(before + 2));
    }

    List<Recording> recordings() {
        return of(".recordings").stream()
                .map(record -> Recording.MAPPING.fromConnect(
                        record.value() instanceof byte[] bytes ? Json.read(bytes) : record.value()))
                .toList();
    }

    List<SourceRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().endsWith(topic)).toList();
    }

    RecordingCounters counters() {
        return task.counters().get("east");
    }

    /** What comes next, which is not acknowledged yet. */
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        return polled == null ? List.of() : polled;
    }

    void acknowledge(SourceRecord record) {
        records.add(record);
        acknowledgeAndForget(record);
    }

    /** For audio that has no room here. */
    void acknowledgeAndForget(SourceRecord record) {
        long offset = ends.merge(record.topic(), 1L, Long::sum) - 1;
        task.commitRecord(record, new RecordMetadata(new TopicPartition(record.topic(), 0), offset, 0, 0, 0, 0));
    }

    /** As Connect does with what a transformation drops, or Kafka refuses where faults are tolerated. */
    void drop(SourceRecord record) {
        task.commitRecord(record, null);
    }

    @Override
    public void close() {
        task.stop();
    }

    private record Context(Map<String, String> configs) implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new NoSuchMethodError("older workers have none");
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    }
}
