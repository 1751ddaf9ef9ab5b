package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.model.Topics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The metrics of SIPSTACK's earlier connectors, for dashboards that are there: figures of ours under their names. */
final class IncumbentMetrics {
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String CONNECTOR = "connector";
    private static final String TOPIC = "topic";
    private static final String ROWS = "sipstack_assembler_rows";

    /** Names of counters stand without {@code _total}, which the text format adds. */
    private static final List<Alias> ALIASES = List.of(
            new Alias("ami_connection_status", "sipstack_source_connected", CONNECTOR, Deployment.MANAGER),
            new Alias("database_connection_status", "sipstack_source_healthy", CONNECTOR, Deployment.SOURCE),
            new Alias("cdrs_processed", ROWS, TOPIC, TOPICS.cdr()),
            new Alias("cels_processed", ROWS, TOPIC, TOPICS.cel()),
            new Alias("recordings_detected", ROWS, TOPIC, TOPICS.recordings()),
            new Alias("calls_shipped", "sipstack_sink_shipped", CONNECTOR, Deployment.SINK),
            new Alias("cdrs_sent", "sipstack_sink_cdrs_shipped", CONNECTOR, Deployment.RAW_SINK),
            new Alias("cdrs_failed", "sipstack_sink_cdrs_failed", CONNECTOR, Deployment.RAW_SINK),
            new Alias("asterisk_cdr_filtered", "sipstack_assembler_cdrs_filtered", CONNECTOR, null),
            new Alias(
                    "api_request_duration_seconds",
                    "sipstack_sink_request_duration_seconds",
                    CONNECTOR,
                    Deployment.SINK));

    private static final MetricMetadata QUEUE_DEPTH =
            new MetricMetadata("asterisk_cdr_queue_depth", "Raw records that wait in memory and in Kafka");
    /** What waits to be sent, and what waits to be read. */
    private static final Set<String> QUEUES = Set.of("sipstack_sink_queued_documents", "sipstack_sink_records_lag");

    private IncumbentMetrics() {}

    /** Theirs, as far as those of ours are there that they are made of. */
    static List<MetricSnapshot> of(List<MetricSnapshot> ours) {
        return Stream.concat(ALIASES.stream().flatMap(alias -> alias.from(ours).stream()), queueDepth(ours).stream())
                .toList();
    }

    /** The earlier connector's batches have CDRs and CEL events in them, too. */
    private static Optional<MetricSnapshot> queueDepth(List<MetricSnapshot> ours) {
        List<Double> queues = ours.stream()
                .filter(metric -> QUEUES.contains(metric.getMetadata().getName()))
                .flatMap(metric -> ((GaugeSnapshot) metric).getDataPoints().stream())
                .filter(point -> Deployment.RAW_SINK.equals(point.getLabels().get(CONNECTOR)))
                .map(GaugeDataPointSnapshot::getValue)
                .filter(Double::isFinite)
                .toList();
        double depth = queues.stream().mapToDouble(Double::doubleValue).sum();
        return queues.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new GaugeSnapshot(QUEUE_DEPTH, List.of(new GaugeDataPointSnapshot(depth, Labels.EMPTY, null))));
    }

    /** The figures of one of ours that have the value for the label; null: that do not have the label. */
    private record Alias(String name, String ours, String label, String value) {
        Optional<MetricSnapshot> from(List<MetricSnapshot> all) {
            return all.stream()
                    .filter(metric -> metric.getMetadata().getName().equals(ours))
                    .map(this::renamed)
                    .filter(metric -> !metric.getDataPoints().isEmpty())
                    .findFirst();
        }

        private MetricSnapshot renamed(MetricSnapshot metric) {
            MetricMetadata metadata =
                    new MetricMetadata(name, metric.getMetadata().getHelp());
            if (metric instanceof CounterSnapshot counter) {
                return new CounterSnapshot(
                        metadata,
                        counter.getDataPoints().stream().filter(this::isMeant).toList());
            }
            return new GaugeSnapshot(metadata, gauges(metric));
        }

        private List<GaugeDataPointSnapshot> gauges(MetricSnapshot metric) {
            return ((GaugeSnapshot) metric)
                    .getDataPoints().stream().filter(this::isMeant).toList();
        }

        private boolean isMeant(DataPointSnapshot point) {
            return Objects.equals(value, point.getLabels().get(label));
        }
    }
}
