package com.sipstack.asterisk.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.source.debezium.PluginArchive;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connectors to files and to the manager interface in a real worker, from the archive that the build packs. */
class FilesAndManagerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedWorker worker;
    private static ConnectRest rest;

    @BeforeAll
    static void startWorker() throws Exception {
        broker = EmbeddedBroker.startTemporary();
        Path secrets = Files.writeString(folder.resolve("pbx.properties"), "secret=" + AmiServer.SECRET);
        worker = EmbeddedWorker.start(
                broker.bootstrapServers(),
                0,
                Map.of(
                        "plugin.path", PluginArchive.unpack().toString(),
                        "offset.flush.interval.ms", "1000",
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                        "config.providers.file.param.allowed.paths",
                                secrets.getParent().toString()));
        rest = worker.rest();
        rest.awaitReady(LIMIT);
    }

    @AfterAll
    static void stopWorker() throws Exception {
        worker.close();
        broker.close();
    }

    @Test
    void aWorkerReadsAFileKeepsItsPlaceAndShowsHowItGoes() throws Exception {
        byte[] bytes = CsvCorpus.CEL_CUSTOM_22.bytes();
        Path master = Files.write(folder.resolve("Master.csv"), bytes);
        createTopics("files");
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "com.sipstack.asterisk.source.csv.CsvSourceConnector");
        settings.put("tasks.max", "1");
        settings.put("pbxs", "east");
        settings.put("cel.paths", master.toString());
        settings.put("start.from", "earliest");
        settings.put("topic.prefix", "files");
        put("files", settings);

        assertThat(keys("files.cel", CsvCorpus.CEL_CUSTOM_22.records())).containsOnly("east");
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(rest.send("GET", "/connectors/files/offsets", null)
                                .body()
                                .path("offsets")
                                .path(0)
                                .path("offset")
                                .path("position")
                                .asLong())
                        .isEqualTo(bytes.length));
        Files.writeString(master, "no row\n\"half a row", StandardOpenOption.APPEND);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> metric("files", "east", "bytes-behind") == "\"half a row".length());
        assertThat(metric("files", "east", "healthy")).isEqualTo(1);
        assertThat(metric("files", "east", "rows-read-total")).isEqualTo(CsvCorpus.CEL_CUSTOM_22.records());
        assertThat(metric("files", "east", "bad-records-total")).isEqualTo(1);
        assertThat(metric("files", "east", "bytes-read-total")).isEqualTo(bytes.length + "no row\n".length());
        assertThat(metric("files", "east", "lag-seconds")).isPositive();
        assertThat(metric("files", "east", "last-poll-seconds-ago")).isBetween(0.0, LIMIT.toSeconds() * 1.0);
        assertThat(metric("files", "east", "gaps-total")).isZero();
        rest.delete("files");
    }

    @Test
    void aWorkerListensToEachPbxOfAFleetAndShowsHowItGoes() throws Exception {
        createTopics("heard");
        AmiServer west = new AmiServer();
        try (AmiServer east = new AmiServer()) {
            Map<String, String> settings = new HashMap<>();
            settings.put("connector.class", "com.sipstack.asterisk.source.ami.AmiSourceConnector");
            settings.put("tasks.max", "4");
            settings.put("pbxs", "east,west");
            settings.put("ami.user", AmiServer.USER);
            settings.put("ami.password", "${file:" + folder.resolve("pbx.properties") + ":secret}");
            settings.put("pbxs.east.ami.host", "127.0.0.1");
            settings.put("pbxs.west.ami.host", "127.0.0.1");
            settings.put("pbxs.east.ami.port", Integer.toString(east.port()));
            settings.put("pbxs.west.ami.port", Integer.toString(west.port()));
            settings.put("topic.prefix", "heard");
            put("heard", settings);
            Awaitility.await().atMost(LIMIT).until(() -> metric("heard", "east", "connected") == 1);
            Awaitility.await().atMost(LIMIT).until(() -> metric("heard", "west", "healthy") == 1);

            east.say(Corpus.PBX_22_PJSIP.managerEvents());
            east.say("Event: Cdr\r\nSource: 101\r\n\r\n");
            int events = Corpus.PBX_22_PJSIP.rows("cel").size();
            assertThat(keys("heard.cel", events)).containsOnly("east");
            Awaitility.await().atMost(LIMIT).until(() -> metric("heard", "east", "bad-records-total") == 1);
            assertThat(metric("heard", "east", "rows-read-total")).isGreaterThanOrEqualTo(events);
            assertThat(metric("heard", "east", "last-heard-seconds-ago")).isBetween(0.0, LIMIT.toSeconds() * 1.0);
            assertThat(metric("heard", "east", "stalls-total")).isZero();
            assertThat(metric("heard", "west", "rows-read-total")).isZero();

            double gaps = metric("heard", "west", "gaps-total");
            west.close();
            Awaitility.await().atMost(LIMIT).until(() -> metric("heard", "west", "connected") == 0);
            assertThat(metric("heard", "west", "healthy")).isZero();
            assertThat(metric("heard", "east", "connected")).isEqualTo(1);
            assertThat(gaps).isEqualTo(1);
        }
        rest.delete("heard");
    }

    private static void put(String name, Map<String, String> settings) throws Exception {
        assertThat(rest.validate(name, settings)).isEmpty();
        assertThat(rest.put(name, settings).isSuccess()).isTrue();
    }

    private static void createTopics(String prefix) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String topic : List.of("cdr", "cel", "gaps", "dlq")) {
                topics.add(new NewTopic(prefix + "." + topic, 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }

    /** Of whichever task has the PBX; NaN while none shows it. */
    private static double metric(String connector, String pbx, String name) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName bean : beans.queryNames(
                new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",task=*,pbx=" + pbx), null)) {
            return (double) beans.getAttribute(bean, name);
        }
        return Double.NaN;
    }

    private static List<String> keys(String topic, int count) {
        List<String> keys = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            Awaitility.await().pollInSameThread().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
                return keys.size() >= count;
            });
        }
        return keys;
    }
}
