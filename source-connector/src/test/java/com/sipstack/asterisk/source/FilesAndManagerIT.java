package com.sipstack.asterisk.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.source.debezium.PluginArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector in a real worker, from the archive that the build packs. */
class CsvSourceIT {
    @TempDir
    private Path folder;

    @Test
    void aWorkerReadsAFileFromThePackedPluginAndKeepsItsPlace() throws Exception {
        byte[] bytes = CsvCorpus.CEL_CUSTOM_22.bytes();
        Path master = Files.write(folder.resolve("Master.csv"), bytes);
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                EmbeddedWorker worker = EmbeddedWorker.start(
                        broker.bootstrapServers(),
                        0,
                        Map.of("plugin.path", PluginArchive.unpack().toString(), "offset.flush.interval.ms", "1000"))) {
            createTopic(broker);
            ConnectRest rest = worker.rest();
            rest.awaitReady(Duration.ofSeconds(60));
            Map<String, String> settings = settings(master);
            assertThat(rest.validate("files", settings)).isEmpty();
            assertThat(rest.put("files", settings).isSuccess()).isTrue();

            assertThat(keys(broker, CsvCorpus.CEL_CUSTOM_22.records())).containsOnly("east");
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
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("asterisk.cel", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Map<String, String> settings(Path master) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", CsvSourceConnector.class.getName());
        settings.put("tasks.max", "1");
        settings.put("pbxs", "east");
        settings.put("cel.paths", master.toString());
        settings.put("start.from", "earliest");
        return settings;
    }

    private static List<String> keys(EmbeddedBroker broker, int count) {
        List<String> keys = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("asterisk.cel", 0)));
            consumer.seekToBeginning(consumer.assignment());
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    assertThat(record.value().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
                    keys.add(record.key());
                });
                return keys.size() >= count;
            });
        }
        return keys;
    }
}
