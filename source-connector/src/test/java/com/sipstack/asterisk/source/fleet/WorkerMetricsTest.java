package com.sipstack.asterisk.source.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {
    private static final List<Metric<AtomicLong>> ROWS = List.of(new Metric<>("rows", "Rows read", AtomicLong::get));

    private final Metrics worker = new Metrics();

    @Test
    void aTaskRunsThoughOneBeforeItHangsAndStillHasItsMetrics() {
        task().show(ROWS, WorkerMetrics.ofPbx("east"), new AtomicLong(7));
        task().show(ROWS, WorkerMetrics.ofPbx("east"), new AtomicLong(8));

        MetricName rows = worker.metricName("rows", "plugins", Map.of("task", "0", "pbx", "east"));
        assertThat(worker.metric(rows).metricValue()).isEqualTo(7.0);
    }

    @Test
    void theMetricsOfAPbxShareTheirTagsSoThatAThousandPbxsTakeLittleMemory() {
        task().show(
                        List.of(ROWS.get(0), new Metric<>("gaps", "Ids left out", AtomicLong::get)),
                        WorkerMetrics.ofPbx("east"),
                        new AtomicLong(7));

        List<Map<String, String>> tags = worker.metrics().keySet().stream()
                .filter(name -> name.group().equals("plugins"))
                .map(MetricName::tags)
                .toList();
        assertThat(tags).hasSize(2);
        assertThat(tags.get(0)).isEqualTo(Map.of("task", "0", "pbx", "east")).isSameAs(tags.get(1));
    }

    private WorkerMetrics task() {
        PluginMetrics metrics = new PluginMetricsImpl(worker, Map.of("task", "0"));
        return new WorkerMetrics(new SourceTaskContext() {
            @Override
            public Map<String, String> configs() {
                return Map.of();
            }

            @Override
            public OffsetStorageReader offsetStorageReader() {
                throw new UnsupportedOperationException("nothing is stored");
            }

            @Override
            public PluginMetrics pluginMetrics() {
                return metrics;
            }
        });
    }
}
