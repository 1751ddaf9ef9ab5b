package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.assembler.Companions;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MalformedObjectNameException;

/**
 * What the worker in this process tells of its connectors, by the rules that a carrier gives to the JMX exporter, and under the
 * incumbents' names, too.
 */
final class ConnectMetrics implements Companions {
    private static final String RULES = "connect.yml";
    private static final Set<String> STATUSES =
            Set.of("sipstack_connect_task_status", "sipstack_connect_connector_status");

    private final PrometheusRegistry beans = registry();
    private volatile boolean isDeployed;

    /** All connectors were put to the worker. */
    void deployed() {
        isDeployed = true;
    }

    @Override
    public List<String> whyNotReady() {
        return isDeployed ? failed() : List.of("Connect's connectors have not been started yet");
    }

    @Override
    public MetricSnapshots withTheirs(MetricSnapshots assembler) {
        List<MetricSnapshot> all = new ArrayList<>();
        assembler.forEach(all::add);
        beans.scrape().forEach(all::add);
        all.addAll(IncumbentMetrics.of(all));
        return new MetricSnapshots(all);
    }

    private List<String> failed() {
        return beans.scrape().stream()
                .filter(metric -> STATUSES.contains(metric.getMetadata().getName()))
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(DataPointSnapshot::getLabels)
                .filter(labels -> "failed".equals(labels.get("status")))
                .map(ConnectMetrics::failure)
                .toList();
    }

    /** A connector that fails has no tasks that could. */
    private static String failure(Labels labels) {
        String part = labels.contains("task") ? "task " + labels.get("task") + " of the connector " : "the connector ";
        return part + labels.get("connector") + " has failed; the log says why";
    }

    private static PrometheusRegistry registry() {
        try (InputStream rules = ConnectMetrics.class.getResourceAsStream(RULES)) {
            PrometheusRegistry registry = new PrometheusRegistry();
            new JmxCollector(rules).register(registry);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException("the packed rules cannot be read", e);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException("the packed rules name no MBean", e);
        }
    }
}
