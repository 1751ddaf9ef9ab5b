package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingSourceTaskIT {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final String NAME = RecordedCalls.ANSWERED.fileName();
    private static final byte[] AUDIO = RecordedCalls.ANSWERED.bytes();
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    private Path root;
    private Path day;
    private String prefix;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.startTemporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeFolders() throws IOException {
        root = folder.resolve("monitor");
        day = Files.createDirectories(root.resolve("2026/11/21"));
        prefix = "t" + PREFIXES.incrementAndGet();
    }

    @Test
    void aFinishedCallsRecordingIsFoundWithAllThatItsNameAndHeaderTell() throws IOException {
        Path file = old(day.resolve(NAME), AUDIO);
        try (RunningRecordingTask task = start(Map.of())) {
            Recording found = task.await(1).get(0);

            assertThat(found.provenance().origin()).isEqualTo(file.toString());
            assertThat(found.provenance().position()).isEqualTo(version(file).modified());
            assertThat(found.uniqueid()).isEqualTo("1795305957.2897");
            assertThat(found.named().direction()).isEqualTo("i");
            assertThat(found.durationSeconds()).isEqualTo(3.02);
            assertThat(found.fileSize()).isEqualTo(AUDIO.length);
            assertThat(found.sha256()).isNull();
            assertThat(found.audio()).isEqualTo(AudioLocation.NONE);
            task.awaitScan();
            assertThat(task.recordings()).hasSize(1);
            assertThat(task.counters().leftOut(LeftOut.KNOWN)).isEqualTo(1);
        }
    }

    @Test
    void aRecordingIsTakenOnceItsCallHasEnded() throws IOException {
        byte[] open = RecordedCalls.ANSWERED.whileOpen();
        Path file = day.resolve(NAME);
        try (RunningRecordingTask task = start(Map.of())) {
            for (int size = 4044; size < AUDIO.length; size += 8000) {
                Files.write(file, Arrays.copyOf(open, size));
                task.awaitScan();
            }
            task.until(() -> assertThat(task.counters().leftOut(LeftOut.OPEN)).isEqualTo(1)); // somebody is on hold
            assertThat(task.recordings()).isEmpty();

            Files.write(file, AUDIO);

            assertThat(task.await(1).get(0).durationSeconds()).isEqualTo(3.02);
            assertThat(task.recordings()).hasSize(1);
        }
    }

    @Test
    void aPbxMayHaveManyFoldersAndAWildcardFindsTenants() throws IOException {
        Path one = old(day.resolve(NAME), AUDIO);
        Path acme = old(
                Files.createDirectories(folder.resolve("tenants/acme/rec/2026")).resolve("in-1.wav"), AUDIO);
        Path zeta =
                old(Files.createDirectories(folder.resolve("tenants/zeta/rec")).resolve("in-2.wav"), AUDIO);
        old(Files.createDirectories(folder.resolve("tenants/zeta/greetings")).resolve("in-3.wav"), AUDIO);
        String paths = root + "," + folder.resolve("tenants/*/rec");
        try (RunningRecordingTask task = start(Map.of("recording.paths", paths))) {
            task.await(3);
            task.awaitScan();
            assertThat(task.recordings())
                    .extracting(found -> found.provenance().origin())
                    .containsExactlyInAnyOrder(one.toString(), acme.toString(), zeta.toString());
        }
    }

    @Test
    void whatIsLeftOutIsCounted() throws IOException {
        old(day.resolve("unanswered.wav"), RecordedCalls.UNANSWERED.bytes());
        old(day.resolve("empty.wav"), new byte[0]);
        old(day.resolve("notes.txt"), AUDIO);
        old(day.resolve("test-1.wav"), AUDIO);
        old(day.resolve("other.wav"), AUDIO);
        old(day.resolve("in-short.gsm"), new byte[1650]);
        Files.write(day.resolve("in-young.wav"), AUDIO);
        Files.setLastModifiedTime(
                old(day.resolve("in-last-week.wav"), AUDIO),
                FileTime.from(Instant.now().minusSeconds(600_000)));
        Files.createSymbolicLink(day.resolve("in-link.wav"), old(folder.resolve("in-secret.wav"), AUDIO));
        Files.createSymbolicLink(root.resolve("elsewhere"), folder);
        Map<String, String> filters = Map.of(
                "include.patterns", "^in-,^test-,unanswered,empty",
                "exclude.patterns", "test,temp",
                "min.age.ms", "20000",
                "min.duration.ms", "2000");
        try (RunningRecordingTask task = start(filters)) {
            task.awaitScan();

            RecordingCounters counters = task.counters();
            assertThat(task.recordings()).isEmpty();
            assertThat(counters.leftOut(LeftOut.TOO_SMALL)).isEqualTo(2);
            assertThat(counters.leftOut(LeftOut.OTHER_EXTENSION)).isEqualTo(1);
            assertThat(counters.leftOut(LeftOut.PATTERN)).isEqualTo(2);
            assertThat(counters.leftOut(LeftOut.TOO_SHORT)).isEqualTo(1);
            assertThat(counters.leftOut(LeftOut.TOO_YOUNG)).isEqualTo(1);
            assertThat(counters.leftOut(LeftOut.TOO_OLD)).isEqualTo(1);
            assertThat(counters.leftOut(LeftOut.LINK)).isEqualTo(2);
            assertThat(counters.found()).isEqualTo(8);
        }
    }

    @Test
    void anyNameIsANameAndNoneIsACommand() throws Exception {
        List<String> names = List.of("a b.wav", "it's \"q\".wav", "line\nbreak.wav", "$(touch pwned).wav", "-rf.wav");
        for (String name : names) {
            old(day.resolve(name), AUDIO);
        }
        try (RunningRecordingTask task = start(Map.of("value.converter", RecordingSourceConfig.BYTES_CONVERTER))) {
            assertThat(task.await(names.size()))
                    .extracting(Recording::fileName)
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(Path.of("pwned")).doesNotExist();
        }
    }

    @Test
    void aNameMayHaveLettersOfAnyLanguage() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the worker's encoding has them");
        old(day.resolve("Zoë ☎.wav"), AUDIO);
        try (RunningRecordingTask task = start(Map.of())) {
            assertThat(task.await(1)).extracting(Recording::fileName).containsExactly("Zoë ☎.wav");
        }
    }

    @Test
    void aNameThatIsNoTextHoldsUpNothingAndBecomesALetterOnce() throws Exception {
        Process touch = new ProcessBuilder(
                        "bash", "-c", "head -c 2000 /dev/zero > \"$1\"/$'in-\\xff\\xfe.wav'", "-", day.toString())
                .start();
        assertThat(touch.waitFor()).isZero();
        old(day.resolve(NAME), AUDIO);
        try (RunningRecordingTask task = start(Map.of())) {
            task.await(1);
            task.until(() -> assertThat(task.counters().letters()).isEqualTo(1));
            task.awaitScan();

            assertThat(task.of(".dlq")).hasSize(1);
            assertThat(task.recordings()).hasSize(1);
            assertThat(task.counters().leftOut(LeftOut.NAMELESS)).isEqualTo(1);
        }
    }

    @Test
    void audioTravelsInChunksAndTheRecordingSaysWhereTheyLie() throws Exception {
        byte[] audio = new byte[100_000];
        new Random(7).nextBytes(audio);
        old(day.resolve("long.mp3"), audio);
        old(day.resolve(NAME), AUDIO);
        try (RunningRecordingTask task = start(chunks())) {
            List<Recording> found = task.await(2);

            for (Recording recording : found) {
                byte[] disk = Files.readAllBytes(Path.of(recording.filePath()));
                assertThat(task.of(".recordings.audio"))
                        .allMatch(chunk -> chunk.keySchema() != null && "east".equals(chunk.key()));
                assertThat(assembled(task, recording.audio())).isEqualTo(disk);
                assertThat(recording.sha256()).isEqualTo(sha256(disk));
            }
        }
    }

    @Test
    void kindsThatAreSetTravelAsTheyAreWithTheLengthsThatTheirHeadersTell() throws Exception {
        Map<String, Double> seconds = new HashMap<>();
        seconds.put("tone-vorbis.ogg", 1.5);
        seconds.put("tone-opus.ogg", null);
        seconds.put("tone.flac", null);
        for (String name : seconds.keySet()) {
            old(day.resolve(name), RecordedCalls.tone(name));
        }
        Map<String, String> kinds = new HashMap<>(chunks());
        kinds.put("recording.extensions", "ogg,flac");
        try (RunningRecordingTask task = start(kinds)) {
            List<Recording> found = task.await(seconds.size());

            assertThat(found).extracting(Recording::fileName).containsExactlyInAnyOrderElementsOf(seconds.keySet());
            for (Recording recording : found) {
                byte[] disk = Files.readAllBytes(Path.of(recording.filePath()));
                assertThat(recording.durationSeconds()).isEqualTo(seconds.get(recording.fileName()));
                assertThat(recording.sha256()).isEqualTo(sha256(disk));
                assertThat(assembled(task, recording.audio())).isEqualTo(disk);
            }
        }
    }

    @Test
    void aFileThatIsCutShortWhileItIsSentIsSentAnew() throws Exception {
        Path file = old(day.resolve("a.mp3"), new byte[50_000]);
        try (RunningRecordingTask task = start(chunks())) {
            List<SourceRecord> firsts = firstRecords(task);
            Files.write(file, new byte[20_000]);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(30)));
            firsts.forEach(task::acknowledge);

            Recording found = task.await(1).get(0);

            assertThat(found.fileSize()).isEqualTo(20_000);
            assertThat(assembled(task, found.audio())).hasSize(20_000);
            assertThat(task.recordings()).hasSize(1);
            assertThat(task.counters().abandoned()).isPositive();
        }
    }

    @Test
    void aFileThatIsRenamedWhileItIsSentArrivesUnderItsNewName() throws Exception {
        Path file = old(day.resolve("a.mp3"), new byte[50_000]);
        try (RunningRecordingTask task = start(chunks())) {
            List<SourceRecord> firsts = firstRecords(task);
            Files.move(file, day.resolve("b.mp3"));
            firsts.forEach(task::acknowledge);

            assertThat(task.await(1)).extracting(Recording::fileName).containsExactly("b.mp3");
        }
    }

    @Test
    void whatKafkaDidNotTakeIsSentAgain() throws Exception {
        old(day.resolve("a.mp3"), new byte[20_000]);
        try (RunningRecordingTask task = start(chunks())) {
            firstRecords(task).forEach(task::drop);

            assertThat(assembled(task, task.await(1).get(0).audio())).hasSize(20_000);
        }
    }

    @Test
    void afterARestartOnlyWhatWasNotAcknowledgedIsSentAgain() throws Exception {
        old(day.resolve(NAME), AUDIO);
        try (RunningRecordingTask task = start(Map.of())) {
            task.await(1);
            task.awaitScan();
        }
        old(day.resolve("second.wav"), AUDIO);
        try (RunningRecordingTask task = start(Map.of())) {
            while (task.poll().isEmpty()) {
                assertThat(task.counters()).isNotNull(); // sent, and stopped before Kafka has it
            }
        }
        try (RunningRecordingTask task = start(Map.of())) {
            assertThat(task.await(1)).extracting(Recording::fileName).containsExactly("second.wav");
            task.awaitScan();
            assertThat(task.recordings()).hasSize(1);
        }
    }

    @Test
    void whatKafkaDidNotTakeUntilItWasTooOldIsSentAfterARestart() throws Exception {
        Path file = Files.write(day.resolve(NAME), AUDIO);
        long maxAge;
        try (RunningRecordingTask task = start(Map.of())) {
            assertThat(firstRecords(task)).hasSize(1); // and never acknowledged
            maxAge = Math.max(1000, age(file));
            task.until(() -> assertThat(age(file)).isGreaterThan(maxAge));
            task.awaitScan();
        }
        try (RunningRecordingTask task = start(Map.of("max.age.ms", "" + maxAge))) {
            task.await(1);
            task.until(
                    () -> assertThat(task.counters().leftOut(LeftOut.TOO_OLD)).isEqualTo(1));
        }
    }

    @Test
    void anAcceptedFileIsMovedAndAGivenUpOneStays() throws Exception {
        Path accepted = old(day.resolve("accepted.wav"), AUDIO);
        Path refused = old(day.resolve("refused.wav"), AUDIO);
        FileVersion version = version(accepted);
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix);
                RunningRecordingTask task = start(Map.of("after.upload", "move"))) {
            task.await(2);
            receipts.write(file(refused), version(refused), Outcome.GIVEN_UP, null);
            receipts.write(file(accepted), version, Outcome.ACCEPTED, sha256(AUDIO));

            task.until(() -> assertThat(day.resolve(".processed/accepted.wav")).exists());
            task.awaitScan();
            assertThat(accepted).doesNotExist();
            assertThat(refused).exists();
            assertThat(task.recordings()).hasSize(2);
        }
    }

    @Test
    void aFileThatChangedAfterItWasSentIsNotDeletedButSentAsAnother() throws Exception {
        Path file = old(day.resolve(NAME), AUDIO);
        FileVersion sent = version(file);
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix);
                RunningRecordingTask task = start(Map.of("after.upload", "delete"))) {
            task.await(1);
            Files.write(file, new byte[9], StandardOpenOption.APPEND);
            receipts.write(file(file), sent, Outcome.ACCEPTED, sha256(AUDIO));

            task.await(2);
            task.awaitScan();
            assertThat(file).exists();

            receipts.write(file(file), version(file), Outcome.ACCEPTED, null);
            task.until(() -> assertThat(file).doesNotExist());
        }
    }

    @Test
    void aLostLedgerIsLearntAgainFromTheReceipts() throws Exception {
        Path done = old(day.resolve("done.wav"), AUDIO);
        Path forged = old(day.resolve("forged.wav"), AUDIO);
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix)) {
            receipts.write(file(done), version(done), Outcome.ACCEPTED, sha256(AUDIO));
            receipts.write(file(forged), version(forged), Outcome.ACCEPTED, sha256(new byte[0]));
            try (RunningRecordingTask task = start(Map.of("after.upload", "delete"))) {
                task.until(() -> assertThat(done).doesNotExist());
                task.awaitScan();
                assertThat(task.recordings()).isEmpty();
                assertThat(forged).exists(); // another file than the one that was accepted
            }
        }
    }

    @Test
    void whereNothingCanBeMovedTheLedgerKeepsFilesFromBeingSentTwice() throws Exception {
        Path file = old(day.resolve(NAME), AUDIO);
        Files.writeString(day.resolve(".processed"), "in the way of the folder");
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix)) {
            try (RunningRecordingTask task = start(Map.of("after.upload", "move"))) {
                task.await(1);
                receipts.write(file(file), version(file), Outcome.ACCEPTED, sha256(AUDIO));
                task.until(() -> assertThat(task.counters().isReadOnly()).isTrue());
            }
            Files.delete(day.resolve(".processed"));
            try (RunningRecordingTask task = start(Map.of("after.upload", "move"))) {
                task.until(() ->
                        assertThat(day.resolve(".processed").resolve(NAME)).exists());
                assertThat(task.recordings()).isEmpty();
                assertThat(task.counters().isReadOnly()).isFalse();
            }
        }
    }

    @Test
    void tenThousandRecordingsAtOnceArriveEachOnce() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            Files.write(day.resolve("in-" + (1_795_300_000 + i) + "." + i + ".gsm"), new byte[1100]);
        }
        try (RunningRecordingTask task = start(Map.of("stability.check.ms", "1"))) {
            task.until(() -> assertThat(task.counters().announced()).isEqualTo(10_000));
            task.awaitScan();
            assertThat(task.recordings())
                    .hasSize(10_000)
                    .extracting(Recording::uniqueid)
                    .doesNotHaveDuplicates();
        }
    }

    private RunningRecordingTask start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "pbxs",
                "east",
                "recording.paths",
                root.toString(),
                "check.interval.ms",
                "20",
                "stability.check.ms",
                "20",
                "min.age.ms",
                "0",
                "state.directory",
                folder.resolve("state").toString(),
                "topic.prefix",
                prefix,
                "kafka.bootstrap.servers",
                broker.bootstrapServers()));
        settings.putAll(more);
        return RunningRecordingTask.start(settings);
    }

    /** Two chunks have room at a time. */
    private static Map<String, String> chunks() {
        return Map.of(
                "audio.transport", "chunks",
                "value.converter", RecordingSourceConfig.BYTES_CONVERTER,
                "audio.chunk.bytes", "8192",
                "audio.memory.bytes", "16384");
    }

    private static List<SourceRecord> firstRecords(RunningRecordingTask task) throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        while (polled.isEmpty()) {
            polled = task.poll();
        }
        return polled;
    }

    private static byte[] assembled(RunningRecordingTask task, AudioLocation where) {
        List<SourceRecord> chunks = task.of(".recordings.audio");
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        int count = 0;
        for (long offset = where.audioFirst(); offset <= where.audioLast(); offset++) {
            SourceRecord chunk = chunks.get((int) offset);
            if (chunk.headers().lastWithName(AudioLocation.ID_HEADER).value().equals(where.audioId())) {
                assertThat(chunk.headers()
                                .lastWithName(AudioLocation.CHUNK_HEADER)
                                .value())
                        .isEqualTo("" + count++);
                audio.writeBytes((byte[]) chunk.value());
            }
        }
        assertThat(where.audioChunks()).isEqualTo(count);
        return audio.toByteArray();
    }

    /** Milliseconds since the last change. */
    private static long age(Path path) throws IOException {
        return System.currentTimeMillis() - Files.getLastModifiedTime(path).toMillis();
    }

    private RecordingFile file(Path path) {
        return new RecordingFile(root, path);
    }

    private FileVersion version(Path path) throws IOException {
        return file(path).version();
    }

    /** A file that was last written to half a minute ago. */
    private static Path old(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(30)));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
