package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import com.sipstack.asterisk.source.debezium.PluginArchive;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector in a real worker, from the archive that the build packs. */
class RecordingSourceIT {
    @TempDir
    private Path folder;

    @Test
    void audioTravelsThroughARealWorkerAndIsDeletedOnceItWasAccepted() throws Exception {
        Path root = Files.createDirectory(folder.resolve("monitor"));
        Path file = root.resolve("in-16475550101-4165551234-20261121-185448-1795305288.0.mp3");
        byte[] audio = new byte[2_000_000];
        new Random(3).nextBytes(audio);
        Files.write(file, audio);
        FileVersion version = new RecordingFile(root, file).version();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                ReceiptTopic receipts = ReceiptTopic.create(broker, "asterisk");
                EmbeddedWorker worker = EmbeddedWorker.start(
                        broker.bootstrapServers(),
                        0,
                        Map.of("plugin.path", PluginArchive.unpack().toString()))) {
            createTopics(broker);
            ConnectRest rest = worker.rest();
            rest.awaitReady(Duration.ofSeconds(60));
            Map<String, String> settings = settings(root, broker);
            assertThat(rest.validate("recordings", settings)).isEmpty();
            assertThat(rest.put("recordings", settings).isSuccess()).isTrue();

            Recording found = Recording.MAPPING.fromConnect(
                    Json.read(read(broker, "asterisk.recordings", 0, 1).get(0).value()));
            assertThat(found.uniqueid()).isEqualTo("1795305288.0");
            assertThat(assembled(broker, found.audio())).isEqualTo(audio);

            receipts.write(new RecordingFile(root, file), version, Outcome.ACCEPTED, found.sha256());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(file).doesNotExist());
        }
    }

    private Map<String, String> settings(Path root, EmbeddedBroker broker) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", RecordingSourceConnector.class.getName());
        settings.put("tasks.max", "1");
        settings.put("pbxs", "east");
        settings.put("recording.paths", root.toString());
        settings.put("min.age.ms", "0");
        settings.put("check.interval.ms", "200");
        settings.put("stability.check.ms", "200");
        settings.put("audio.transport", "chunks");
        settings.put("after.upload", "delete");
        settings.put("value.converter", RecordingSourceConfig.BYTES_CONVERTER);
        settings.put("state.directory", folder.resolve("state").toString());
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        return settings;
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("asterisk.recordings", 1, (short) 1),
                            new NewTopic("asterisk.recordings.audio", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static byte[] assembled(EmbeddedBroker broker, AudioLocation where) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        int chunks = 0;
        for (ConsumerRecord<String, byte[]> chunk :
                read(broker, where.audioTopic(), where.audioFirst(), where.audioLast() - where.audioFirst() + 1)) {
            assertThat(chunk.key()).isEqualTo("east");
            assertThat(chunk.headers().lastHeader(AudioLocation.ID_HEADER).value())
                    .asString()
                    .isEqualTo(where.audioId());
            assertThat(chunk.headers().lastHeader(AudioLocation.CHUNK_HEADER).value())
                    .asString()
                    .isEqualTo("" + chunks++);
            audio.writeBytes(chunk.value());
        }
        assertThat(chunks).isEqualTo(where.audioChunks());
        return audio.toByteArray();
    }

    private static List<ConsumerRecord<String, byte[]>> read(
            EmbeddedBroker broker, String topic, long from, long count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
