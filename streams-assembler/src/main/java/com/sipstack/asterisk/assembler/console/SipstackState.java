package com.sipstack.asterisk.assembler.console;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How the delivery to SIPSTACK goes, where the sinks run in this process.
 *
 * @param state up, trying, away or key_refused; unknown where the sinks run elsewhere
 * @param oldestUnsentSeconds age of the oldest record that has not been delivered; null if unknown
 * @param waiting documents in the sinks' memory; null if unknown
 */
record SipstackState(String state, Double oldestUnsentSeconds, Double waiting) {
    private static final String SINK = "sipstack_sink_";

    static SipstackState of(MetricSnapshots metrics) {
        List<MetricSnapshot> ofSinks = metrics.stream()
                .filter(metric -> metric.getMetadata().getName().startsWith(SINK))
                .toList();
        if (ofSinks.isEmpty()) {
            return new SipstackState("unknown", null, null);
        }
        return new SipstackState(
                state(ofSinks).toLowerCase(Locale.ROOT),
                values(ofSinks, "oldest_unsent_age_seconds").max().orElse(0),
                values(ofSinks, "queued_documents").sum());
    }

    private static String state(List<MetricSnapshot> ofSinks) {
        if (values(ofSinks, "waiting_for_key").max().orElse(0) > 0) {
            return "key_refused";
        }
        double circuit = values(ofSinks, "circuit_state").max().orElse(0);
        return circuit == 0 ? "up" : circuit == 1 ? "trying" : "away";
    }

    private static DoubleStream values(List<MetricSnapshot> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.getMetadata().getName().equals(SINK + name))
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(SipstackState::value)
                .filter(value -> !Double.isNaN(value));
    }

    private static double value(DataPointSnapshot point) {
        if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
            return gauge.getValue();
        }
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            return counter.getValue();
        }
        return point instanceof UnknownSnapshot.UnknownDataPointSnapshot unknown ? unknown.getValue() : Double.NaN;
    }
}
