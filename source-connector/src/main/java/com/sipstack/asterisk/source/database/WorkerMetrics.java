package com.sipstack.asterisk.source.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Shows what is counted among the worker's own metrics, by PBX and table. Workers before Kafka 4.1 have not the classes that are
 * named here, so that nothing but {@link #show} of this class may be used elsewhere, and its errors are to be expected.
 */
final class WorkerMetrics {
    private static final List<Metric<PbxCounters>> OF_PBX = List.of(new Metric<>(
            "healthy",
            "1 if the PBX's tables could all be read at the last attempt, else 0",
            counters -> counters.isHealthy() ? 1 : 0));
    private static final List<Metric<TableCounters>> OF_TABLE = List.of(
            new Metric<>("rows-read-total", "Rows read since the task started", TableCounters::rows),
            new Metric<>(
                    "rows-read-again-total",
                    "Rows of wide passes through a table without id that were known already",
                    TableCounters::rowsReadAgain),
            new Metric<>(
                    "late-rows-read-total",
                    "Rows read after one with a larger id had been read",
                    TableCounters::lateRows),
            new Metric<>("lag-seconds", "How old the newest row was when it was read", TableCounters::lagSeconds),
            new Metric<>(
                    "last-poll-seconds-ago",
                    "Time since the table was last asked with success",
                    TableCounters::secondsSincePoll),
            new Metric<>("poll-time-ms", "How long the last poll took", TableCounters::pollMillis),
            new Metric<>("open-gaps", "Ranges of ids that were skipped and may still come", TableCounters::openGaps),
            new Metric<>(
                    "expired-gaps-total", "Ranges of ids that are no longer waited for", TableCounters::expiredGaps),
            new Metric<>("expired-ids-total", "Ids that are no longer waited for", TableCounters::expiredIds),
            new Metric<>(
                    "epochs-total",
                    "How often the table's ids have begun again since the task started",
                    TableCounters::epochs),
            new Metric<>("epoch", "The epoch that is read, as in the rows' origin", TableCounters::epoch),
            new Metric<>(
                    "timezone-offset-seconds",
                    "By how much the rows' local time is ahead of UTC, as set or as the rows tell it",
                    TableCounters::zoneOffsetSeconds),
            new Metric<>(
                    "timezone-contradicted",
                    "1 if a time zone is set and the rows tell another one, else 0",
                    counters -> counters.isZoneContradicted() ? 1 : 0));

    private final PluginMetrics metrics;

    private WorkerMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    private record Metric<C>(String name, String description, ToDoubleFunction<C> value) {}

    /**
     * Shows them until the task stops.
     *
     * @param counters by PBX
     * @throws LinkageError if the worker has no metrics of plugins
     */
    static void show(SourceTaskContext context, Map<String, PbxCounters> counters) {
        WorkerMetrics shown = new WorkerMetrics(context.pluginMetrics());
        counters.forEach((pbx, counted) -> {
            shown.add(OF_PBX, Map.of("pbx", pbx), counted);
            counted.tables().forEach((table, ofTable) -> {
                Map<String, String> tags = new LinkedHashMap<>();
                tags.put("pbx", pbx);
                tags.put("table", table);
                shown.add(OF_TABLE, tags, ofTable);
            });
        });
    }

    private <C> void add(List<Metric<C>> all, Map<String, String> tags, C counters) {
        all.forEach(metric -> metrics.addMetric(
                metrics.metricName(metric.name(), metric.description(), new LinkedHashMap<>(tags)),
                (Gauge<Double>) (config, now) -> metric.value().applyAsDouble(counters)));
    }
}
