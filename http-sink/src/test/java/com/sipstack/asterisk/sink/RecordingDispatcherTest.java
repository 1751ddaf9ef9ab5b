package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedUpload;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In what order recordings are opened and sent, against a real API server. */
class RecordingDispatcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path disk;

    private final AtomicBoolean isRoomTaken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    /** What rests holds the room that what comes after it waits for. */
    @Test
    void aCopyThatIsToBeSentAgainDoesNotWaitForTheRoomThatItTakesUpItself() throws Exception {
        try (StubApi api = StubApi.start()) {
            api.faults().add(Fault.status(503).withTimes(1));
            RecordingSinkConfig config = new RecordingSinkConfig(Map.of(
                    "api.key", Calls.API_KEY,
                    "api.url", api.uri().toString(),
                    "retry.backoff.ms", "20",
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "kafka.max.block.ms", "100"));
            Receipts receipts = new Receipts(config.kafka(), Clock.systemUTC());
            try (RecordingDispatcher dispatcher = dispatcher(config, receipts)) {
                dispatcher.submit(outbound("first.wav"));
                dispatcher.submit(outbound("second.wav"));

                await().atMost(LIMIT).until(() -> api.uploads().size() == 2);
            } finally {
                receipts.close();
            }
            assertThat(api.uploads())
                    .extracting(ReceivedUpload::fields)
                    .extracting(fields -> fields.get("file_name"))
                    .containsExactly("first.wav", "second.wav");
        }
    }

    private RecordingDispatcher dispatcher(RecordingSinkConfig config, Receipts receipts) {
        Clock clock = Clock.systemUTC();
        RangeConsumer unused = new RangeConsumer(config.kafka());
        return new RecordingDispatcher(
                new RecordingApi(config.api(), config.queue(), clock),
                config.queue().maxInFlight(),
                new RecordingOpener(
                        this::open, new AcceptedBefore(config.kafka().receipts(), unused), unused),
                Executors.newSingleThreadExecutor(),
                SendRules.of(config.api(), config.retry(), config.badRecord(), 10, new Random(1), clock),
                new MissingRecordings(config.queue().maxRecordings()),
                new RecordingOutcomes(receipts, letter -> {}, clock),
                new SinkMetrics(),
                new Alarm(timer),
                clock);
    }

    /** There is room for one; whether for the second is asked while the first comes back from its rest. */
    private Optional<Audio> open(Recording recording) {
        if (recording.fileName().equals("second.wav")) {
            await().atMost(LIMIT).until(() -> timer.getCompletedTaskCount() > 0);
        }
        return isRoomTaken.compareAndSet(false, true) ? Optional.of(copyOf(recording)) : Optional.empty();
    }

    private Audio copyOf(Recording recording) {
        try {
            FileChannel content = FileChannel.open(Path.of(recording.filePath()));
            return new Audio(content, recording.fileSize(), Optional.empty(), () -> {}, true, () -> {
                content.close();
                isRoomTaken.set(false);
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private OutboundRecording outbound(String name) throws IOException {
        Recording found = Recordings.found(Recordings.file(disk, name, 1_000));
        return new OutboundRecording(
                new SinkRecord("ready", 0, null, null, null, null, 0),
                new PartitionOffsets().track(0),
                Recordings.ready(found),
                Instant.now().plusSeconds(3_600));
    }
}
