package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a recording whose file is gone was accepted before, which a real broker knows. */
class AcceptedBeforeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RECEIPTS = "receipts";

    @TempDir
    private Path disk;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();

    @Test
    void anAcceptedRecordingIsPassedOverThoughKafkaWasAwayWhenItsFileWasFirstMissed() throws Exception {
        int port = FreePort.any();
        Recording putAway = Recordings.found(Recordings.file(disk, "put-away.wav", 10));
        Files.delete(Path.of(putAway.filePath()));
        try (EmbeddedBroker broker = broker(port)) {
            write(broker, accepted(putAway));
        }
        PartitionOffsets offsets = new PartitionOffsets();
        RecordingSinkConfig config = config(port);
        Receipts receipts = new Receipts(config.kafka(), Clock.systemUTC());
        try (RecordingDispatcher dispatcher = dispatcher(config, receipts)) {
            dispatcher.submit(outbound(putAway, offsets));
            // Missed, with nobody to ask: it rests until it is looked for again
            await().atMost(LIMIT).until(() -> timer.getTaskCount() > 0);
            assertThat(offsets.size()).isOne();

            EmbeddedBroker again = broker(port);
            try {
                await().atMost(LIMIT).until(() -> offsets.size() == 0);
            } finally {
                again.close();
            }
            assertThat(letters).isEmpty();
        } finally {
            receipts.close();
        }
    }

    private EmbeddedBroker broker(int port) throws IOException {
        return EmbeddedBroker.start(disk.resolve("kafka"), port);
    }

    private RecordingSinkConfig config(int port) {
        return new RecordingSinkConfig(Map.of(
                "api.key", Calls.API_KEY,
                "api.url", "http://127.0.0.1:1/v1",
                "file.roots", disk.toString(),
                "retry.backoff.max.ms", "500",
                "receipts.topic", RECEIPTS,
                "kafka.bootstrap.servers", "127.0.0.1:" + port,
                "kafka.default.api.timeout.ms", "1000",
                "kafka.request.timeout.ms", "1000",
                "kafka.delivery.timeout.ms", "2000"));
    }

    private RecordingDispatcher dispatcher(RecordingSinkConfig config, Receipts receipts) {
        Clock clock = Clock.systemUTC();
        RangeConsumer consumer = new RangeConsumer(config.kafka());
        return new RecordingDispatcher(
                new RecordingApi(config.api(), config.queue(), clock),
                config.queue().maxInFlight(),
                new RecordingOpener(
                        new RecordingFiles(config.files()),
                        new AcceptedBefore(config.kafka().receipts(), consumer),
                        consumer),
                Executors.newSingleThreadExecutor(),
                SendRules.of(config.api(), config.retry(), config.badRecord(), 10, new Random(1), clock),
                new MissingRecordings(config.queue().maxRecordings()),
                new RecordingOutcomes(receipts, letters::add, clock),
                new SinkMetrics(),
                new Alarm(timer),
                clock);
    }

    private static OutboundRecording outbound(Recording recording, PartitionOffsets offsets) {
        return new OutboundRecording(
                new SinkRecord("ready", 0, null, null, null, null, 0),
                offsets.track(0),
                Recordings.ready(recording),
                Instant.now().plusSeconds(3_600));
    }

    private static RecordingReceipt accepted(Recording recording) {
        return new RecordingReceipt(
                Recordings.PBX,
                recording.provenance().origin(),
                recording.provenance().position(),
                recording.fileName(),
                null,
                Outcome.ACCEPTED,
                202,
                "00",
                1);
    }

    private static void write(EmbeddedBroker broker, RecordingReceipt receipt) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(RECEIPTS, 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(RECEIPTS, receipt.pbx(), receipt.toJson()))
                    .get();
        }
    }
}
