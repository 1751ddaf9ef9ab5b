package com.sipstack.asterisk.source.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what a task counts among the worker's own metrics, until the task stops. Workers before Kafka 4.1 show nothing. */
public final class WorkerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);

    private final SourceTaskContext context;
    private boolean isOld;

    public WorkerMetrics(SourceTaskContext context) {
        this.context = context;
    }

    /**
     * Adds metrics of one thing that is counted.
     *
     * @param tags what tells it from others, in the order in which the names have them
     */
    public <C> void show(List<Metric<C>> metrics, Map<String, String> tags, C counters) {
        if (isOld) {
            return;
        }
        try {
            OfPlugins.show(context, metrics, tags, counters);
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            isOld = true;
            LOG.info("This worker is older than Kafka 4.1 and shows no metrics of plugins");
        } catch (IllegalArgumentException e) {
            // Connect does not wait for a task that does not end in time before it starts the next
            LOG.warn(
                    "An earlier task that has not ended yet has the metrics: they show nothing until this one is restarted",
                    e);
        }
    }

    /** The tag of what is counted for all of a PBX. */
    public static Map<String, String> ofPbx(String pbx) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("pbx", pbx);
        return tags;
    }

    /** Names what older workers have not, so that it is loaded by its first use alone. */
    private static final class OfPlugins {
        /** All names share the tags of the first: copies of their own would be most of what a thousand PBXs take of the heap. */
        private static <C> void show(
                SourceTaskContext context, List<Metric<C>> shown, Map<String, String> tags, C counters) {
            var metrics = context.pluginMetrics();
            var first = shown.get(0);
            MetricName named = metrics.metricName(first.name(), first.description(), new LinkedHashMap<>(tags));
            for (Metric<C> metric : shown) {
                metrics.addMetric(
                        new MetricName(metric.name(), named.group(), metric.description(), named.tags()),
                        (Gauge<Double>) (config, now) -> metric.value().applyAsDouble(counters));
            }
        }
    }
}
