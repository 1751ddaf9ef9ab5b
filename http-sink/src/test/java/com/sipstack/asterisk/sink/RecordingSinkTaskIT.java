package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task of recordings that is driven as a worker does it, in a time that runs fast, with a real broker and a real API server. */
class RecordingSinkTaskIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int ROOM = 10;

    @TempDir
    private Path disk;

    /** An hour takes two seconds. */
    private final FastTime time = new FastTime(1_800);

    private final RecordingContext context = new RecordingContext();
    private final Queue<SinkRecord> unread = new ArrayDeque<>();
    private final StubApi api = StubApi.start();
    private final EmbeddedBroker broker = EmbeddedBroker.startTemporary();
    private final RecordingSinkTask task = new RecordingSinkTask(time, time::timer, new Random(1));
    private int produced;

    @BeforeEach
    void start() throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("receipts", 1, (short) 1)))
                    .all()
                    .get();
        }
        task.initialize(context);
        task.start(Map.of(
                "api.key", Calls.API_KEY,
                "api.url", api.uri().toString(),
                "file.roots", disk.toString(),
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "receipts.topic", "receipts",
                "max.queued.recordings", Integer.toString(ROOM)));
        task.open(List.of(RecordingContext.PARTITION));
    }

    @AfterEach
    void stop() {
        task.stop();
        broker.close();
        api.close();
    }

    /** By and by the others are read, though they come after more missing files than a task holds. */
    @Test
    void filesThatAreMissingForLongMakeRoomForThoseThatAreThere() throws Exception {
        produceMissing(2 * ROOM);
        List<String> there = List.of("first.wav", "second.wav", "third.wav");
        for (String name : there) {
            produce(Recordings.found(Recordings.file(disk, name, 1_000)));
        }

        await().atMost(LIMIT).until(() -> drive().api.uploads().size() == there.size());

        assertThat(api.uploads())
                .extracting(upload -> upload.fields().get("file_name"))
                .containsExactlyInAnyOrderElementsOf(there);
        assertThat(time.passed()).isGreaterThan(Duration.ofHours(1));
        // As many as there is half the room for wait on
        assertThat(context.letters).hasSizeBetween(ROOM, 2 * ROOM - ROOM / 2);
        assertThat(letterReason()).contains("missing").contains("took up more than half of max.queued.recordings");
    }

    @Test
    void aFewFilesThatAreMissingAreWaitedFor() throws Exception {
        produceMissing(ROOM / 2);

        await().atMost(LIMIT).until(() -> drive().time.passed().compareTo(Duration.ofHours(3)) > 0);

        assertThat(context.letters).isEmpty();
    }

    private String letterReason() {
        return context.letters
                .get(0)
                .headers()
                .lastWithName("sipstack.dlq.reason")
                .value()
                .toString();
    }

    /** Hands over one record at most. */
    private RecordingSinkTaskIT drive() {
        List<SinkRecord> batch = new ArrayList<>();
        if (context.paused.isEmpty() && !unread.isEmpty()) {
            batch.add(unread.remove());
        }
        task.put(batch);
        return this;
    }

    private void produceMissing(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path file = Recordings.file(disk, "missing-" + i + ".wav", 1_000);
            Recording found = Recordings.found(file);
            Files.delete(file);
            produce(found);
        }
    }

    private void produce(Recording found) {
        byte[] value = Recordings.json(found).getBytes(StandardCharsets.UTF_8);
        unread.add(new SinkRecord(
                Calls.TOPIC,
                0,
                null,
                Recordings.PBX,
                null,
                value,
                produced++,
                time.millis(),
                TimestampType.CREATE_TIME));
    }
}
