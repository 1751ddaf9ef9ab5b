package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.model.Topics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Optional;

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
            new Alias(
                    "api_request_duration_seconds",
                    "sipstack_sink_request_duration_seconds",
                    CONNECTOR,
                    Deployment.SINK));

    private IncumbentMetrics() {}

    /** Theirs, as far as those of ours are there that they are made of. */
    static List<MetricSnapshot> of(List<MetricSnapshot> ours) {
        return ALIASES.stream().flatMap(alias -> alias.from(ours).stream()).toList();
    }

    /** The figures of one of ours that have the value for the label. */
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
            return value.equals(point.getLabels().get(label));
        }
    }
}
