package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.BareLoop;
import com.sipstack.asterisk.benchmarks.assembler.CopyingApp;
import com.sipstack.asterisk.benchmarks.assembler.Play;
import com.sipstack.asterisk.benchmarks.assembler.StreamsProcess;
import com.sipstack.asterisk.benchmarks.catchup.BareRead;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What each stage cannot do without, done to the same rows and documents by the shortest loop there is. Each warms up once. */
final class ReferenceLoops {
    static final String JDBC = "bare JDBC read";
    static final String KAFKA = "bare produce and consume, broker included";
    static final String COPY = "Streams app that copies";
    static final String HTTP = "bare HTTP";

    private static final int IN_FLIGHT = 32;
    private static final int WARM_UP_SHARE = 5;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final RecordedTopics recorded;
    private final Path directory;

    /**
     * What a loop took.
     *
     * @param title what it does
     * @param cpuMicros processor time for each row, or each document where documents are handled
     * @param perSecond rows or documents by the clock
     */
    record Loop(String title, double cpuMicros, double perSecond) {}

    /** Work whose processor time is this process's. */
    private interface Work {
        void run() throws Exception;
    }

    ReferenceLoops(RecordedTopics recorded, Path directory) {
        this.recorded = recorded;
        this.directory = directory;
    }

    /** Both tables of each PBX, streamed, every column fetched as text. */
    static Loop jdbcRead(List<PbxDatabase> pbxs) throws Exception {
        long rows = readTables(pbxs);
        return measure(JDBC, rows, () -> readTables(pbxs));
    }

    private static long readTables(List<PbxDatabase> pbxs) throws SQLException {
        long rows = 0;
        for (PbxDatabase pbx : pbxs) {
            rows += BareRead.all(pbx, "cdr") + BareRead.all(pbx, "cel");
        }
        return rows;
    }

    /** Through a broker of this process, which counts. */
    Loop produceAndConsume(EmbeddedBroker broker) throws Exception {
        throughBroker(broker, new Topics("warm-up"));
        return measure(KAFKA, recorded.rows().size(), () -> throughBroker(broker, new Topics("bare")));
    }

    private void throughBroker(EmbeddedBroker broker, Topics topics) throws Exception {
        createTopics(broker, topics);
        produce(broker, topics, recorded.rows());
        RecordedTopics.read(broker.bootstrapServers(), List.of(topics.cdr(), topics.cel()), Integer.MAX_VALUE);
    }

    /** A Streams app that puts each row into a store, in a process of its own; the broker is not counted. */
    Loop copy(EmbeddedBroker broker) throws Exception {
        Topics topics = new Topics("copying");
        createTopics(broker, topics);
        int warmUp = recorded.rows().size() / WARM_UP_SHARE;
        try (Play play = new Play(broker, topics, 1);
                StreamsProcess app = StreamsProcess.start(
                        CopyingApp.class, List.of(topics.prefix()), copySettings(broker, topics), directory)) {
            produce(broker, topics, recorded.rows().subList(0, warmUp));
            play.awaitRead(app);
            long cpu = app.processorTime().toNanos();
            long begin = System.nanoTime();
            produce(broker, topics, recorded.rows());
            play.awaitRead(app);
            return loop(COPY, recorded.rows().size(), app.processorTime().toNanos() - cpu, System.nanoTime() - begin);
        }
    }

    private Properties copySettings(EmbeddedBroker broker, Topics topics) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "application.id", topics.prefix(),
                "group.instance.id", topics.prefix(),
                "processing.guarantee", "exactly_once_v2",
                "commit.interval.ms", "100",
                "state.dir", directory.resolve("copies").toString(),
                "main.consumer.auto.offset.reset", "earliest"));
        return settings;
    }

    Loop post(URI api) throws Exception {
        URI address = URI.create(api + "/mqs/connectors/asterisk/calls");
        List<byte[]> bodies = recorded.documents().stream()
                .map(document -> shipped(document.value()))
                .toList();
        new BareLoop(address, IN_FLIGHT).post(bodies);
        return measure(HTTP, bodies.size(), () -> new BareLoop(address, IN_FLIGHT).post(bodies));
    }

    /** With the sink's one field, and as from the one PBX that the loop's header names. */
    private static byte[] shipped(byte[] document) {
        return new String(document, StandardCharsets.UTF_8)
                .replaceFirst("\"hostname\":\"[^\"]*\"", "\"hostname\":\"pbx1\"")
                .replaceFirst("\\}\\s*$", ",\"shipped_at\":\"2026-11-21T23:48:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void createTopics(EmbeddedBroker broker, Topics topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics.specs().stream()
                            .map(spec -> new NewTopic(spec.name(), 1, (short) 1).configs(spec.config()))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void produce(EmbeddedBroker broker, Topics topics, List<ConsumerRecord<byte[], byte[]>> rows)
            throws Exception {
        String recordedCdrs = new Topics(Topics.DEFAULT_PREFIX).cdr();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                // One at a time, as Connect's workers have it: a new topic may refuse the first batch and take the
                // second
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> row : rows) {
                String topic = row.topic().equals(recordedCdrs) ? topics.cdr() : topics.cel();
                sent.add(producer.send(new ProducerRecord<>(topic, row.key(), row.value())));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static Loop measure(String title, long units, Work work) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        return loop(title, units, PROCESS.getProcessCpuTime() - cpu, System.nanoTime() - begin);
    }

    private static Loop loop(String title, long units, long cpuNanos, long nanos) {
        return new Loop(title, cpuNanos / 1e3 / units, units / (nanos / 1e9));
    }
}
