package com.sipstack.asterisk.source.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Shows what is counted among the worker's own metrics, by PBX. Workers before Kafka 4.1 have not the classes that are named here, so
 * that nothing but {@link #show} of this class may be used elsewhere, and its errors are to be expected.
 */
final class WorkerMetrics {
    private static final List<Metric> OF_PBX = List.of(
            new Metric("healthy", "1 if the last scan could look into all folders, else 0", c -> c.isHealthy() ? 1 : 0),
            new Metric("scans-total", "Scans since the task started", RecordingCounters::scans),
            new Metric("files-found", "Files that the last scan saw", RecordingCounters::found),
            new Metric("recordings-announced-total", "Recordings that Kafka has", RecordingCounters::announced),
            new Metric("recordings-accepted-total", "Recordings that the API has", RecordingCounters::accepted),
            new Metric("recordings-given-up-total", "Recordings in the dead-letter queue", RecordingCounters::givenUp),
            new Metric("sendings-abandoned-total", "Files that had to be sent anew", RecordingCounters::abandoned),
            new Metric("dead-letters-total", "Files that cannot be sent at all", RecordingCounters::letters),
            new Metric("audio-bytes-total", "Bytes of audio read", RecordingCounters::audioBytes),
            new Metric("files-finished-total", "Files moved or deleted", RecordingCounters::finished),
            new Metric("read-only", "1 if files cannot be moved or deleted, else 0", c -> c.isReadOnly() ? 1 : 0));

    private final PluginMetrics metrics;

    private WorkerMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    private record Metric(String name, String description, ToDoubleFunction<RecordingCounters> value) {}

    /**
     * Shows them until the task stops.
     *
     * @param counters by PBX
     * @throws LinkageError if the worker has no metrics of plugins
     */
    static void show(SourceTaskContext context, Map<String, RecordingCounters> counters) {
        WorkerMetrics shown = new WorkerMetrics(context.pluginMetrics());
        counters.forEach((pbx, counted) -> {
            OF_PBX.forEach(metric -> shown.add(metric, Map.of("pbx", pbx), counted));
            for (LeftOut reason : LeftOut.values()) {
                Map<String, String> tags = new LinkedHashMap<>();
                tags.put("pbx", pbx);
                tags.put("reason", reason.word());
                shown.add(
                        new Metric("files-left-out", "Files that the last scan left out", c -> c.leftOut(reason)),
                        tags,
                        counted);
            }
        });
    }

    private void add(Metric metric, Map<String, String> tags, RecordingCounters counters) {
        metrics.addMetric(
                metrics.metricName(metric.name(), metric.description(), new LinkedHashMap<>(tags)),
                (Gauge<Double>) (config, now) -> metric.value().applyAsDouble(counters));
    }
}
