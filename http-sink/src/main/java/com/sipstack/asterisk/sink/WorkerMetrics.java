package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Percentile;
import org.apache.kafka.common.metrics.stats.Percentiles;
import org.apache.kafka.common.metrics.stats.Percentiles.BucketSizing;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a task's metrics among those of the worker: {@code kafka.connect:type=plugins,connector=…,task=…}. Workers have room for
 * them since Connect 4.1; nothing else of ours touches those classes, so that older ones run the sink without them.
 */
final class WorkerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);
    private static final int HISTOGRAM_BYTES = 4_000;
    private static final double LONGEST_MS = 60_000;
    private static final Map<Integer, String> STATUSES = Map.of(0, "none", 2, "2xx", 3, "3xx", 4, "4xx", 5, "5xx");

    private final PluginMetrics metrics;

    private WorkerMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** Shows these metrics, if the worker can; it takes them away when the task ends. */
    static void show(SinkTaskContext context, SinkMetrics totals, SinkState dispatcher) {
        show(context, shown -> shown.showAll(totals, dispatcher));
    }

    /** Shows what became of CDRs, too. */
    static void show(SinkTaskContext context, SinkMetrics totals, SinkState dispatcher, CdrTotals cdrs) {
        show(context, shown -> {
            shown.showAll(totals, dispatcher);
            shown.showCdrs(cdrs);
        });
    }

    /** The same of a task that has a spool. */
    static void show(SinkTaskContext context, SinkMetrics totals, SinkState dispatcher, Spool spool) {
        show(context, shown -> {
            shown.showAll(totals, dispatcher);
            shown.showSpool(spool);
        });
    }

    private static void show(SinkTaskContext context, Consumer<WorkerMetrics> metrics) {
        try {
            metrics.accept(new WorkerMetrics(context.pluginMetrics()));
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info("This worker is older than Connect 4.1: it cannot show the sink's metrics");
        } catch (IllegalArgumentException e) {
            // Connect does not wait for a task that does not end in time before it starts the next
            LOG.warn(
                    "An earlier task that has not ended yet has the metrics: they show nothing until this one is restarted",
                    e);
        }
    }

    private void showAll(SinkMetrics totals, SinkState dispatcher) {
        showTotals(totals);
        showState(dispatcher);
        totals.measureBy(latencies());
    }

    private void showCdrs(CdrTotals cdrs) {
        show("cdrs-shipped-total", "CDRs that the API has", cdrs, CdrTotals::shippedTotal);
        show(
                "cdrs-failed-total",
                "CDRs that the API refused or that failed for too long",
                cdrs,
                CdrTotals::failedTotal);
    }

    private void showTotals(SinkMetrics totals) {
        show("shipped-total", "Documents that the API has", totals, SinkMetrics::shippedTotal);
        show("retried-total", "Attempts that failed and are made again", totals, SinkMetrics::retriedTotal);
        show("rejected-total", "Documents that the API refused", totals, SinkMetrics::rejectedTotal);
        show("given-up-total", "Documents that failed for too long", totals, SinkMetrics::givenUpTotal);
        show("superseded-total", "Documents replaced by later revisions", totals, SinkMetrics::supersededTotal);
    }

    private void showState(SinkState dispatcher) {
        show("in-flight", "Requests under way", dispatcher, SinkState::inFlight);
        show(
                "queued-documents",
                "Documents in memory",
                dispatcher,
                it -> it.held().documents());
        show(
                "queued-bytes",
                "Bytes of documents in memory",
                dispatcher,
                it -> it.held().bytes());
        show("oldest-unsent-age-ms", "Since the oldest was written to Kafka", dispatcher, SinkState::oldestMillis);
        show("circuit-state", "0 closed, 1 half open, 2 open", dispatcher, SinkState::circuitState);
        show("waiting-for-key", "1 while the API refuses the key", dispatcher, it -> it.isWaitingForKey() ? 1 : 0);
        show("rate-limited", "1 while the key's rate is used up", dispatcher, it -> it.isLimited() ? 1 : 0);
    }

    private void showSpool(Spool spool) {
        show("spool-bytes", "Bytes of audio in the spool", spool, Spool::usedBytes);
        show("spool-full", "1 while a recording waits for room in the spool", spool, it -> it.isFull() ? 1 : 0);
    }

    private <T> void show(String name, String description, T of, ToLongFunction<T> value) {
        Gauge<Long> gauge = (config, now) -> value.applyAsLong(of);
        metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), gauge);
    }

    private SinkMetrics.Latencies latencies() {
        Map<Integer, Sensor> sensors = new HashMap<>();
        STATUSES.forEach((status, name) -> sensors.put(status, sensor(name)));
        return (status, latency) -> record(sensors.getOrDefault(status, sensors.get(0)), latency);
    }

    private static void record(Sensor sensor, Duration latency) {
        sensor.record((double) latency.toMillis());
    }

    private Sensor sensor(String status) {
        Sensor sensor = metrics.addSensor("latency-" + status);
        sensor.add(new Percentiles(
                HISTOGRAM_BYTES,
                LONGEST_MS,
                BucketSizing.LINEAR,
                percentile(status, 50),
                percentile(status, 95),
                percentile(status, 99)));
        return sensor;
    }

    private Percentile percentile(String status, int percent) {
        LinkedHashMap<String, String> tags = new LinkedHashMap<>(Map.of("status", status));
        return new Percentile(
                metrics.metricName("latency-ms-p" + percent, "How long requests took, in milliseconds", tags), percent);
    }
}
