package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
@Tag("long")
class RecordingSourceProcessIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private TaskOutput output;

    @BeforeEach
    void nameOutput() {
        output = new TaskOutput(folder.resolve("out"));
    }

    @Test
    void twoGigabytesPassThroughSixtyFourMegabytes() throws Exception {
        Path root = Files.createDirectory(folder.resolve("monitor"));
        Path file = root.resolve("long.wav");
        sparse(file, Integer.MAX_VALUE);
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            Process task = TaskProcess.start(settings(root, broker), "64m", output.file());
            try {
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> !task.isAlive() || !output.sent().isEmpty());
                assertThat(output.sent()).containsExactly("sent long.wav " + sha256(file));
            } finally {
                task.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void howeverOftenItIsKilledEachFileIsSentAndNoneIsDeletedBeforeItWasAccepted() throws Exception {
        Path root = Files.createDirectory(folder.resolve("monitor"));
        Map<String, String> hashes = new HashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] audio = new byte[1500 + random.nextInt(30_000)];
            random.nextBytes(audio);
            hashes.put("f" + i + ".mp3", sha256(Files.write(root.resolve("f" + i + ".mp3"), audio)));
        }
        Map<String, FileVersion> versions = new HashMap<>();
        for (String name : hashes.keySet()) {
            versions.put(name, new RecordingFile(root, root.resolve(name)).version());
        }
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                ReceiptTopic receipts = ReceiptTopic.create(broker, "asterisk")) {
            int accepted = 0;
            for (int kill = 0; kill < 6; kill++) {
                Process task = TaskProcess.start(settings(root, broker), "128m", output.file());
                int before = accepted;
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() ->
                                output.sent().size() > before || present(root).isEmpty());
                List<String> all = output.sent();
                for (String line : all.subList(accepted, all.size())) {
                    String name = line.split(" ", -1)[1];
                    assertThat(line).isEqualTo("sent " + name + " " + hashes.get(name));
                    receipts.write(
                            new RecordingFile(root, root.resolve(name)),
                            versions.get(name),
                            Outcome.ACCEPTED,
                            hashes.get(name));
                }
                accepted = all.size();
                task.destroyForcibly().waitFor();
                assertNothingUnsentIsGone(root, hashes);
            }
            Process last = TaskProcess.start(settings(root, broker), "128m", output.file());
            int done = accepted;
            Awaitility.await().atMost(LIMIT).until(() -> output.names().containsAll(hashes.keySet()));
            List<String> all = output.sent();
            for (String line : all.subList(done, all.size())) {
                String name = line.split(" ", -1)[1];
                receipts.write(
                        new RecordingFile(root, root.resolve(name)),
                        versions.get(name),
                        Outcome.ACCEPTED,
                        hashes.get(name));
            }
            Awaitility.await().atMost(LIMIT).until(() -> present(root).isEmpty());
            last.destroyForcibly().waitFor();
        }
    }

    private void assertNothingUnsentIsGone(Path root, Map<String, String> hashes) throws IOException {
        List<String> present = present(root);
        List<String> sent = output.names();
        assertThat(hashes.keySet()).allMatch(name -> present.contains(name) || sent.contains(name));
    }

    private static List<String> present(Path root) throws IOException {
        try (var files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Map<String, String> settings(Path root, EmbeddedBroker broker) {
        return Map.of(
                "pbxs", "east",
                "recording.paths", root.toString(),
                "min.age.ms", "0",
                "stability.check.ms", "10",
                "check.interval.ms", "50",
                "audio.transport", "chunks",
                "after.upload", "delete",
                "value.converter", RecordingSourceConfig.BYTES_CONVERTER,
                "state.directory", folder.resolve("state").toString(),
                "kafka.bootstrap.servers", broker.bootstrapServers());
    }

    /** A wav with nothing but silence, which takes no room on the disk. */
    private static void sparse(Path file, long size) throws IOException {
        byte[] header = Arrays.copyOf(RecordedCalls.ANSWERED.bytes(), 44);
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, (int) (size - 8))
                .putInt(40, (int) (size - 44));
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.write(header);
            content.setLength(size);
        }
    }

    private static String sha256(Path file) throws Exception {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream hashed = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        }
    }
}
