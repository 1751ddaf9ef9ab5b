package com.sipstack.asterisk.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are renamed, compressed, emptied, replaced and gone, in a real file system. */
class CsvRotationIT {
    private static final String CEL = "asterisk.cel";
    private static final String GAPS = "asterisk.gaps";

    @TempDir
    private Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private CelCsvFile master;

    @BeforeEach
    void nameTheFile() {
        master = new CelCsvFile(folder.resolve("Master.csv"));
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheNextOne() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 0, 10);
            Path old = folder.resolve("Master.csv-20261122");
            Files.move(master.path(), old);
            CelCsvFile.append(old, 10, 20);
            master.append(20, 30);
            CelCsvFile.assertRows(task.await(CEL, 30), 0, 30);
        }
    }

    @Test
    void severalRotationsWithoutUsAreFollowedInOrder() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        master.append(10, 20);
        Files.move(master.path(), folder.resolve("Master.csv.3"));
        master.append(20, 30);
        master.compress(folder.resolve("Master.csv.2.gz"));
        master.append(30, 40);
        Files.move(master.path(), folder.resolve("Master.csv.1"));
        master.append(40, 50);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 40), 10, 50);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void aFileThatWasCompressedBeforeItWasReadGoesOnInItsText() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        master.append(10, 20);
        master.compress(folder.resolve("Master.csv.1.gz"));
        master.append(20, 30);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 20), 10, 30);
        }
    }

    @Test
    void theRestOfAnEmptiedFileIsReadFromItsCopy() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        master.append(10, 20);
        Files.copy(master.path(), folder.resolve("Master.csv.1"));
        master.empty();
        master.append(20, 60);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 50), 10, 60);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "Master.csv.1"})
    void aLinkThatLeadsNowhereAmongRotatedFilesKeepsNobodyFromReading(String target) throws IOException {
        Files.createSymbolicLink(folder.resolve("Master.csv.1"), folder.resolve(target));
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 0, 10);
        }
    }

    /** The default of some distributions' logrotate is xz. */
    @ParameterizedTest
    @ValueSource(strings = {"fd377a585a00", "425a6839", "28b52ffd"})
    void whatRotationCompressedOtherwiseThanByGzipIsPassedOverAndNotTakenForRows(String beginning) throws IOException {
        byte[] compressed = new byte[5000];
        new Random(7).nextBytes(compressed);
        byte[] magic = HexFormat.of().parseHex(beginning);
        System.arraycopy(magic, 0, compressed, 0, magic.length);
        Files.write(folder.resolve("Master.csv.1." + beginning), compressed);
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 0, 10);
            task.awaitLook();
            assertThat(task.of("asterisk.dlq")).isEmpty();
        }
    }

    @Test
    void whatWasEmptiedWithoutACopyIsDeclared() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
            master.empty();
            master.append(20, 30);

            List<SourceRecord> rows = task.await(CEL, 20);

            CelCsvFile.assertRows(rows.subList(10, 20), 20, 30);
            assertThat(((Struct) task.of(GAPS).get(0).value()).getString("reason"))
                    .contains("emptied");
        }
    }

    @Test
    void aFileThatIsGoneIsDeclaredAndTheNextOneIsRead() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        master.append(10, 20);
        Files.delete(master.path());
        master.append(20, 30);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 20, 30);
            assertThat(task.of(GAPS)).hasSize(1);
        }
    }

    @Test
    void aFileThatIsReplacedByALongerCopyOfItselfGoesOn() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
            Path copy = folder.resolve("incoming");
            CelCsvFile.append(copy, 0, 20);
            Files.move(copy, master.path(), StandardCopyOption.REPLACE_EXISTING);

            CelCsvFile.assertRows(task.await(CEL, 20), 0, 20);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void anInodeThatIsUsedAgainIsAnotherFile() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        Files.move(master.path(), folder.resolve("Master.csv.1"));
        master.append(10, 20);
        Map<String, ?> offset = offsets.values().iterator().next();
        Map<String, Object> reused = new HashMap<>(offset);
        reused.put(
                "key",
                Files.readAttributes(master.path(), "fileKey").get("fileKey").toString());
        offsets.replaceAll((partition, ignored) -> reused);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 10, 20);
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aStormOfRotationsLosesNothingThoughTheTaskIsKilledAgainAndAgain(long seed) throws Exception {
        int total = 1500;
        Random random = new Random(seed);
        Thread writer = new Thread(() -> write(new Random(seed), total));
        writer.start();
        List<SourceRecord> acknowledged = new ArrayList<>();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (acknowledged.size() < total && System.nanoTime() < deadline) {
            RunningCsvTask task = start("earliest");
            int polls = 1 + random.nextInt(writer.isAlive() ? 15 : 200);
            for (int i = 0; i < polls && acknowledged.size() < total; i++) {
                List<SourceRecord> polled = task.poll();
                List<SourceRecord> stored = polled.subList(0, random.nextInt(polled.size() + 1));
                task.acknowledge(stored);
                acknowledged.addAll(stored);
                if (stored.size() < polled.size()) {
                    break; // killed: the rest was handed over and never acknowledged
                }
            }
            task.close();
        }
        writer.join();

        assertThat(CelCsvFile.texts(acknowledged)).isEqualTo(CelCsvFile.expected(0, total));
    }

    private void write(Random random, int total) {
        try {
            master.appendWithRotations(random, 0, total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunningCsvTask start(String startFrom) {
        return RunningCsvTask.start(master.settings(startFrom), offsets);
    }
}
