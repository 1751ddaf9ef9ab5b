package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedUpload;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector of recordings in a real worker, between real files, a real broker and a real API server. */
class RecordingSinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHUNK = 50_000;

    private static SinkCluster cluster;

    @TempDir
    private Path disk;

    private StubApi api;
    private SinkCluster.Pipeline pipeline;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SinkCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void startApi() throws Exception {
        api = StubApi.start();
        pipeline = cluster.pipeline(api.uri());
        cluster.createTopic(receiptsTopic());
        cluster.createTopic(audioTopic());
    }

    @AfterEach
    void stopApi() throws Exception {
        pipeline.stopConnector();
        api.close();
    }

    @Test
    void recordingsOfAnyNameArriveAsTheyAreInAStorm() throws Exception {
        api.faults()
                .add(
                        Fault.status(503).withShare(0.2),
                        Fault.resetBeforeBody().withShare(0.1),
                        Fault.resetAfterBody().withShare(0.1),
                        Fault.loseAnswer().withShare(0.1),
                        Fault.cutAnswer().withShare(0.1));
        List<Path> files = hostileFiles();
        for (int i = 0; i < 60; i++) {
            files.add(Recordings.file(disk, "q-" + i + ".wav", 1_000 * i));
        }
        produce(files);
        start(Map.of());

        awaitAllHandled();

        assertThat(arrived()).isEqualTo(hashes(files));
        assertThat(receipts()).hasSize(files.size()).allSatisfy(receipt -> {
            assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(receipt.status()).isEqualTo(202);
            assertThat(receipt.linkedid()).isEqualTo("1795305379.1");
            assertThat(receipt.sha256()).isEqualTo(Recordings.sha256(Path.of(receipt.origin())));
        });
        assertThat(api.refusals()).isEmpty();
        assertThat(api.uploads()).allSatisfy(upload -> {
            assertThat(upload.fields().keySet())
                    .containsExactly(
                            "recording_id", "linkedid", "direction", "duration", "file_name", "file_size", "metadata");
            assertThat(upload.fields()).containsEntry("duration", "6.02").containsEntry("metadata", "{\"a\":\"é\"}");
            assertThat(upload.hostname()).isEqualTo("east.example");
        });
        assertThat(keysByHash().values()).allSatisfy(keys -> assertThat(keys).hasSize(1));
    }

    private List<Path> hostileFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of(
                "in 1.wav",
                "say \"hi\".mp3",
                "line\r\nbreak: x.gsm",
                "Élise – 電話.ogg",
                "100%41;=&'.wav",
                "no-extension")) {
            files.add(Recordings.file(disk, name, 70_000));
        }
        return files;
    }

    @Test
    void chunkedAudioIsPutTogetherAgainAmongThatOfOthers() throws Exception {
        Path first = Recordings.file(disk, "first.wav", 4 * CHUNK + 1);
        Path second = Recordings.file(disk, "second.wav", 5 * CHUNK);
        List<Recording> sent = sendChunks(first, second);
        // Room for one at a time
        start(Map.of("spool.max.bytes", Integer.toString(5 * CHUNK), "spool.directory", disk + "/spool"));
        api.faults().add(Fault.status(503).withTimes(2));
        pipeline.produce(Recordings.PBX, sent.stream().map(Recordings::json).toList());

        awaitAllHandled();

        assertThat(arrived()).isEqualTo(hashes(List.of(first, second)));
        assertThat(receipts()).extracting(RecordingReceipt::outcome).containsOnly(Outcome.ACCEPTED);
        assertThat(disk.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void whatCanNeverBeSentBecomesALetterAndAReceipt() throws Exception {
        Path changed = Recordings.file(disk, "changed.wav", 10);
        Path outside = Files.createSymbolicLink(disk.resolve("outside.wav"), Path.of("/etc/hostname"));
        Path large = Recordings.file(disk, "large.wav", 20_001);
        Path forgotten = Recordings.file(disk, "forgotten.wav", 1_000);
        Path damaged = Recordings.file(disk, "damaged.wav", 1_000);
        Recording lost = sendChunks(forgotten).get(0);
        cluster.forget(new TopicPartition(audioTopic(), 0), lost.audio().audioLast() + 1);
        Recording wrong = sendChunks(damaged).get(0);
        wrong = Recordings.found(damaged, Recordings.sha256(new byte[0]), wrong.audio());
        List<String> values =
                new ArrayList<>(List.of("{\"pbx\":\"east\"}", Recordings.json(lost), Recordings.json(wrong)));
        for (Path file : List.of(changed, outside, large)) {
            values.add(Recordings.json(Recordings.found(file)));
        }
        Files.setLastModifiedTime(changed, FileTime.fromMillis(1));
        pipeline.produce(Recordings.PBX, values);
        start(Map.of("recording.max.bytes", "20000"));

        awaitAllHandled();

        assertThat(reasons())
                .hasSize(6)
                .anyMatch(reason -> reason.startsWith("not a ready recording"))
                .anyMatch(reason -> reason.startsWith("the topic no longer keeps the audio"))
                .anyMatch(reason -> reason.startsWith("the audio's sha256 is not"))
                .anyMatch(reason -> reason.contains("changed since: " + changed))
                .anyMatch(reason -> reason.startsWith("the recording's file lies outside of file.roots"))
                .anyMatch(reason -> reason.startsWith("the recording is larger than recording.max.bytes"));
        assertThat(receipts()).hasSize(5).extracting(RecordingReceipt::outcome).containsOnly(Outcome.GIVEN_UP);
        assertThat(api.uploads()).isEmpty();
    }

    @Test
    void aMissingFileIsWaitedForUnlessItWasAcceptedBefore() throws Exception {
        Path away = Recordings.file(disk, "away.wav", 10);
        Path done = Recordings.file(disk, "done.wav", 10);
        List<Recording> found = List.of(Recordings.found(away), Recordings.found(done));
        FileTime time = Files.getLastModifiedTime(away);
        Path mount = Files.createTempDirectory("away");
        Files.move(away, mount.resolve("away.wav"));
        Files.delete(done);
        write(accepted(found.get(1)));
        pipeline.produce(Recordings.PBX, found.stream().map(Recordings::json).toList());
        start(Map.of());

        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 2);
        Files.move(mount.resolve("away.wav"), away);
        Files.setLastModifiedTime(away, time);

        awaitAllHandled();
        assertThat(arrived()).isEqualTo(hashes(List.of(away)));
        assertThat(cluster.read(pipeline.deadLetterTopic())).isEmpty();
        Files.delete(mount);
    }

    /** A power failure in the middle of uploads: nothing is lost, and no receipt tells of what did not arrive. */
    @Tag("long")
    @Test
    void aKilledWorkersRecordingsArrive() throws Exception {
        api.faults().add(Fault.delay(Duration.ofMillis(400)), Fault.status(503).withShare(0.1));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            files.add(Recordings.file(disk, "call " + i + ".wav", 200_000));
        }
        produce(files);
        try (WorkerProcess doomed = WorkerProcess.start(cluster.bootstrapServers())) {
            start(Map.of("tasks.max", "2"));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> pipeline.workers() == 2 && api.uploads().size() > 20);
            doomed.kill();
            awaitAllHandled();
        }

        assertThat(arrived()).isEqualTo(hashes(files));
        assertThat(receipts().stream().map(RecordingReceipt::sha256).collect(Collectors.toSet()))
                .isEqualTo(hashes(files));
        assertThat(keysByHash().values()).allSatisfy(keys -> assertThat(keys).hasSize(1));
    }

    /** Two gigabytes in a heap of 64 MB: from a folder, and in chunks by way of the spool. */
    @Tag("long")
    @Test
    void aRecordingMayBeFarLargerThanTheMemory() throws Exception {
        Path large = disk.resolve("large.wav");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        Recording chunked = sendLarge(large);
        for (Recording recording : List.of(Recordings.found(large), chunked)) {
            Path value = Files.writeString(disk.resolve("ready.json"), Recordings.json(recording));

            int letters = RecordingUploadProcess.upload(
                    "64m",
                    value,
                    Map.of(
                            "api.url", api.uri().toString(),
                            "file.roots", disk.toString(),
                            "spool.directory", disk + "/spool",
                            "kafka.bootstrap.servers", cluster.bootstrapServers(),
                            "receipts.topic", receiptsTopic()));

            assertThat(letters).as(Files.readString(disk.resolve("upload.log"))).isZero();
        }
        assertThat(api.uploads()).hasSize(2).allSatisfy(upload -> {
            assertThat(upload.audioBytes()).isEqualTo(2L << 30);
            assertThat(upload.audioSha256()).isEqualTo(chunked.sha256());
        });
        assertThat(receipts()).hasSize(2);
    }

    private Recording sendLarge(Path file) throws Exception {
        byte[] piece = new byte[512 * 1024];
        MessageDigest sha256 = Sha256.digest();
        int chunks = (int) (Files.size(file) / piece.length);
        long first;
        long last;
        try (KafkaProducer<String, byte[]> producer = pipeline.producer()) {
            first = producer.send(chunk(piece, "large", 0)).get().offset();
            sha256.update(piece);
            for (int chunk = 1; chunk < chunks - 1; chunk++) {
                Future<RecordMetadata> unused = producer.send(chunk(piece, "large", chunk));
                sha256.update(piece);
            }
            last = producer.send(chunk(piece, "large", chunks - 1)).get().offset();
            sha256.update(piece);
        }
        AudioLocation at = new AudioLocation("large", audioTopic(), 0, first, last, chunks);
        return Recordings.found(file, HexFormat.of().formatHex(sha256.digest()), at);
    }

    private void start(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "connector.class", RecordingSinkConnector.class.getName(),
                "file.roots", disk.toString(),
                "kafka.bootstrap.servers", cluster.bootstrapServers(),
                "receipts.topic", receiptsTopic()));
        all.putAll(settings);
        pipeline.startConnector(all);
    }

    private String receiptsTopic() {
        return pipeline.topic() + ".acks";
    }

    private String audioTopic() {
        return pipeline.topic() + ".audio";
    }

    private void produce(List<Path> files) throws Exception {
        // Spread over the partitions
        for (int third = 0; third < 3; third++) {
            List<String> values = new ArrayList<>();
            for (int i = third; i < files.size(); i += 3) {
                values.add(Recordings.json(Recordings.found(files.get(i))));
            }
            pipeline.produce("pbx-" + third, values);
        }
    }

    /** Their chunks in turns, as two tasks write them. */
    private List<Recording> sendChunks(Path... files) throws Exception {
        List<String> ids =
                Arrays.stream(files).map(file -> UUID.randomUUID().toString()).toList();
        long[] firsts = new long[files.length];
        long[] lasts = new long[files.length];
        int most =
                (int) Arrays.stream(files).mapToLong(file -> chunks(file)).max().orElseThrow();
        try (KafkaProducer<String, byte[]> producer = pipeline.producer()) {
            for (int chunk = 0; chunk < most; chunk++) {
                for (int i = 0; i < files.length; i++) {
                    if (chunk < chunks(files[i])) {
                        lasts[i] = producer.send(chunk(files[i], ids.get(i), chunk))
                                .get()
                                .offset();
                        firsts[i] = chunk == 0 ? lasts[i] : firsts[i];
                    }
                }
            }
        }
        List<Recording> sent = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            AudioLocation at =
                    new AudioLocation(ids.get(i), audioTopic(), 0, firsts[i], lasts[i], (int) chunks(files[i]));
            sent.add(Recordings.found(files[i], Recordings.sha256(files[i]), at));
        }
        return sent;
    }

    private static long chunks(Path file) {
        return (file.toFile().length() + CHUNK - 1) / CHUNK;
    }

    private ProducerRecord<String, byte[]> chunk(Path file, String id, int number) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return chunk(Arrays.copyOfRange(all, number * CHUNK, Math.min(all.length, (number + 1) * CHUNK)), id, number);
    }

    private ProducerRecord<String, byte[]> chunk(byte[] piece, String id, int number) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(audioTopic(), 0, Recordings.PBX, piece);
        record.headers().add(AudioLocation.ID_HEADER, id.getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(AudioLocation.CHUNK_HEADER, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        return record;
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

    private void write(RecordingReceipt receipt) throws Exception {
        try (KafkaProducer<String, byte[]> producer = pipeline.producer()) {
            producer.send(new ProducerRecord<>(receiptsTopic(), receipt.pbx(), receipt.toJson()))
                    .get();
        }
    }

    private void awaitAllHandled() {
        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 0);
    }

    private List<RecordingReceipt> receipts() {
        return cluster.read(receiptsTopic()).stream()
                .map(record -> RecordingReceipt.fromJson(record.value()))
                .toList();
    }

    private List<String> reasons() {
        return cluster.read(pipeline.deadLetterTopic()).stream()
                .map(letter ->
                        DeadLetter.fromHeaders(SinkCluster.headers(letter)).reason())
                .toList();
    }

    private Set<String> arrived() {
        return api.uploads().stream().map(ReceivedUpload::audioSha256).collect(Collectors.toSet());
    }

    private Map<String, Set<String>> keysByHash() {
        return api.uploads().stream()
                .collect(Collectors.groupingBy(
                        upload -> upload.audioSha256() + upload.fileName(),
                        Collectors.mapping(upload -> upload.idempotencyKey().orElseThrow(), Collectors.toSet())));
    }

    private static Set<String> hashes(List<Path> files) throws IOException {
        Set<String> hashes = new HashSet<>();
        for (Path file : files) {
            hashes.add(Recordings.sha256(file));
        }
        return hashes;
    }
}
