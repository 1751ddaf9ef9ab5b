package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.document.ShipPhase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.TaskId;

/** What the assembler counts, beside what Kafka Streams and the JVM count themselves. One for the process, safe for any thread. */
final class AssemblerMetrics implements AutoCloseable {
    private static final String OURS = "sipstack.assembler.";

    /** Of the hundreds that Kafka Streams has, those that tell how far behind, how busy and how large it is. */
    private static final List<String> OF_KAFKA = List.of(
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.records.consumed",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.process",
            "kafka.stream.thread.poll",
            "kafka.stream.thread.commit",
            "kafka.stream.thread.punctuate",
            "kafka.stream.task.dropped.records",
            "kafka.stream.task.active.process.ratio",
            "kafka.stream.state.updater",
            "kafka.stream.state.size.all.mem.tables",
            "kafka.stream.state.block.cache.usage",
            "kafka.stream.state.total.sst.files.size");

    private final PrometheusMeterRegistry registry = registry();
    private final Map<TaskId, Long> openCalls = new ConcurrentHashMap<>();
    private final Map<String, Counter> rows = new ConcurrentHashMap<>();
    private final Map<ShipPhase, Counter> documents = new EnumMap<>(ShipPhase.class);
    private final Counter completed = counter("calls.completed", "Calls that were completed.");
    private final Counter duplicates = counter("rows.duplicate", "Rows that were there already and changed nothing.");
    private final Counter late = counter("rows.late", "Rows that came after their call's complete document.");
    private final Counter filtered =
            counter("cdrs.filtered", "CDRs that the filter kept from the raw endpoint, each once.");
    private final Counter misplaced =
            counter("rows.misplaced", "Records in a partition where their key does not belong.");
    private final Counter letters = counter("letters", "Letters written to the dead-letter topic.");
    private final Counter recordings = counter("recordings.found", "Recordings found on the PBXs' disks, each once.");
    private final Counter recordingsWithCall = readyRecordings("known");
    private final Counter recordingsWithoutCall = readyRecordings("unknown");
    private final Counter threadDeaths = counter("thread.deaths", "Stream threads that died.");
    private final Counter settingsRefused = counter("settings.refused", "Settings of single PBXs that were refused.");
    private final DistributionSummary lag = DistributionSummary.builder(OURS + "lag")
            .description("Time from a call's newest event, as its PBX tells it, to the document that tells of it.")
            .baseUnit("milliseconds")
            .serviceLevelObjectives(100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000)
            .register(registry);
    private final Deque<Runnable> binders = new ArrayDeque<>();

    AssemblerMetrics() {
        for (ShipPhase phase : ShipPhase.values()) {
            documents.put(
                    phase,
                    Counter.builder(OURS + "documents")
                            .description("Documents written: every one is a revision of its call.")
                            .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder(
                        OURS + "calls.open",
                        openCalls,
                        calls -> calls.values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .description("Calls of this instance's partitions that go on.")
                .register(registry);
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config()
                .meterFilter(MeterFilter.deny(id ->
                        id.getName().startsWith("kafka.") && OF_KAFKA.stream().noneMatch(id.getName()::startsWith)));
        return registry;
    }

    /** Adds what the JVM tells of itself. */
    void bindJvm() {
        JvmGcMetrics collections = new JvmGcMetrics();
        binders.push(collections::close);
        List.of(
                        new JvmMemoryMetrics(),
                        collections,
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** Adds what Kafka Streams tells of itself. */
    void bind(KafkaStreams streams) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        binders.push(metrics::close);
        metrics.bindTo(registry);
    }

    void row(String topic) {
        rows.computeIfAbsent(
                        topic,
                        name -> Counter.builder(OURS + "rows")
                                .description("Records read.")
                                .tag("topic", name)
                                .register(registry))
                .increment();
    }

    void duplicateRow() {
        duplicates.increment();
    }

    void lateRow() {
        late.increment();
    }

    void filteredCdr() {
        filtered.increment();
    }

    void misplacedRow() {
        misplaced.increment();
    }

    void letter() {
        letters.increment();
    }

    void foundRecording() {
        recordings.increment();
    }

    /** @param isCallKnown whether it left with what its call tells */
    void readyRecording(boolean isCallKnown) {
        (isCallKnown ? recordingsWithCall : recordingsWithoutCall).increment();
    }

    void threadDeath() {
        threadDeaths.increment();
    }

    void refusedSettings() {
        settingsRefused.increment();
    }

    /** @param lagMs negative where the PBX's clock is ahead of ours, which counts as none */
    void document(ShipPhase phase, long lagMs) {
        documents.get(phase).increment();
        lag.record((double) Math.max(0, lagMs));
    }

    void completedCall() {
        completed.increment();
    }

    void openCalls(TaskId task, long count) {
        openCalls.put(task, count);
    }

    /** The task went to another thread or instance, and its calls with it. */
    void taskLeft(TaskId task) {
        openCalls.remove(task);
    }

    /** All of them, and the companions'. */
    MetricSnapshots snapshots(Companions companions) {
        return companions.withTheirs(registry.getPrometheusRegistry().scrape());
    }

    /** All of them, and the companions', in Prometheus's text format. */
    String scrape(Companions companions) {
        MetricSnapshots all = snapshots(companions);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, all);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        while (!binders.isEmpty()) {
            binders.pop().run();
        }
        registry.close();
    }

    private Counter readyRecordings(String call) {
        return Counter.builder(OURS + "recordings.ready")
                .description("Recordings that left to be uploaded, with their call's numbers or without.")
                .tag("call", call)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(OURS + name).description(description).register(registry);
    }
}
