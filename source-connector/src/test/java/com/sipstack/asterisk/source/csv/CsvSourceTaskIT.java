package com.sipstack.asterisk.source.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.source.database.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task on real files in a real file system. */
class CsvSourceTaskIT {
    private static final String CEL = "asterisk.cel";
    private static final String CDR = "asterisk.cdr";
    private static final String DLQ = "asterisk.dlq";
    private static final String GAPS = "asterisk.gaps";

    @TempDir
    private Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private Path master;

    @BeforeEach
    void nameTheFile() {
        master = folder.resolve("Master.csv");
    }

    @Test
    void rowsSayWhatTheTableOfTheSameCallsSays() throws IOException {
        Files.write(master, CsvCorpus.CEL_CUSTOM.bytes());
        List<Map<String, Object>> table = Corpus.PBX_20.rows("cel");

        try (RunningCsvTask task = start("earliest")) {
            List<SourceRecord> rows = task.await(CEL, table.size());

            assertThat(rows).hasSameSizeAs(table);
            for (int i = 0; i < table.size(); i++) {
                assertSame(table.get(i), (Struct) rows.get(i).value());
            }
            assertThat(rows).extracting(SourceRecord::key).containsOnly("east");
            assertThat(((Struct) rows.get(0).value()).get("event_time")).isEqualTo(1795305288996147L);
            assertThat(((Struct) rows.get(0).value()).getString("source")).isEqualTo("csv");
        }
    }

    @Test
    void legsSayWhatTheTableSaysEvenThoseThatTheTableRefused() throws IOException {
        Files.write(master, CsvCorpus.CDR_CSV.bytes());
        Map<String, Map<String, Object>> table = new HashMap<>();
        Corpus.PBX_20.rows("cdr").forEach(row -> table.put(row.get("uniqueid") + "/" + row.get("sequence"), row));

        try (RunningCsvTask task = startCdr()) {
            List<SourceRecord> rows = task.await(CDR, table.size() + 1);

            List<Struct> refused = new ArrayList<>();
            for (SourceRecord record : rows) {
                Struct row = (Struct) record.value();
                Map<String, Object> same = table.remove(row.get("uniqueid") + "/" + row.get("sequence"));
                if (same == null) {
                    refused.add(row);
                } else {
                    same.remove("amaflags"); // a word in the file
                    assertSame(same, row);
                }
            }
            assertThat(table).isEmpty();
            assertThat(refused)
                    .singleElement()
                    .satisfies(row -> assertThat(row.getString("clid")).contains("�"));
            assertThat(task.of(DLQ)).isEmpty();
        }
    }

    @Test
    void theEndlessRecordOfAnIncompleteMappingIsReadAsItsRows() throws IOException {
        Files.write(master, CsvCorpus.CEL_CUSTOM_ENDLESS.bytes());
        List<Entry> right = entries(CsvCorpus.CEL_CUSTOM_BEFORE_20_19);

        try (RunningCsvTask task = start("earliest")) {
            List<SourceRecord> rows = task.await(CEL, right.size());

            assertThat(rows)
                    .extracting(record -> ((Struct) record.value()).getString("eventtype")
                            + ((Struct) record.value()).getString("eventtime")
                            + ((Struct) record.value()).getString("channame"))
                    .isEqualTo(right.stream()
                            .map(entry -> entry.text("eventtype") + entry.text("eventtime") + entry.text("channame"))
                            .toList());
        }
    }

    @Test
    void whatWasThereIsLeftAloneAndWhatComesIsReadAlsoByALaterTask() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("latest")) {
            task.await(GAPS, 1);
        }
        append(10, 20);
        try (RunningCsvTask task = start("latest")) {
            assertRows(task.await(CEL, 10), 10, 20);
            append(20, 30);
            assertRows(task.await(CEL, 20), 10, 30);
        }
    }

    @Test
    void aFileThatIsNotThereYetIsReadFromItsBeginning() throws IOException {
        try (RunningCsvTask task = start("latest")) {
            task.await(GAPS, 1);
            append(0, 10);
            assertRows(task.await(CEL, 10), 0, 10);
        }
    }

    @Test
    void anInstantIsTheFirstRowNotBeforeIt() throws IOException {
        append(0, 60);

        try (RunningCsvTask task = start("2026-11-21T23:54:50.559566Z")) {
            assertRows(task.await(CEL, 54), 6, 60);
            assertThat(task.of(GAPS)).hasSize(1);
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheNextOne() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 10), 0, 10);
            Path old = folder.resolve("Master.csv-20261122");
            Files.move(master, old);
            append(old, 10, 20);
            append(20, 30);
            assertRows(task.await(CEL, 30), 0, 30);
        }
    }

    @Test
    void severalRotationsWithoutUsAreFollowedInOrder() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        append(10, 20);
        Files.move(master, folder.resolve("Master.csv.3"));
        append(20, 30);
        compress(master, folder.resolve("Master.csv.2.gz"));
        append(30, 40);
        Files.move(master, folder.resolve("Master.csv.1"));
        append(40, 50);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 40), 10, 50);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void aFileThatWasCompressedBeforeItWasReadGoesOnInItsText() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        append(10, 20);
        compress(master, folder.resolve("Master.csv.1.gz"));
        append(20, 30);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 20), 10, 30);
        }
    }

    @Test
    void theRestOfAnEmptiedFileIsReadFromItsCopy() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        append(10, 20);
        Files.copy(master, folder.resolve("Master.csv.1"));
        empty();
        append(20, 60);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 50), 10, 60);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void whatWasEmptiedWithoutACopyIsDeclared() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
            empty();
            append(20, 30);

            List<SourceRecord> rows = task.await(CEL, 20);

            assertRows(rows.subList(10, 20), 20, 30);
            assertThat(((Struct) task.of(GAPS).get(0).value()).getString("reason"))
                    .contains("emptied");
        }
    }

    @Test
    void aFileThatIsGoneIsDeclaredAndTheNextOneIsRead() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        append(10, 20);
        Files.delete(master);
        append(20, 30);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 10), 20, 30);
            assertThat(task.of(GAPS)).hasSize(1);
        }
    }

    @Test
    void aFileThatIsReplacedByALongerCopyOfItselfGoesOn() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
            Path copy = folder.resolve("incoming");
            append(copy, 0, 20);
            Files.move(copy, master, StandardCopyOption.REPLACE_EXISTING);

            assertRows(task.await(CEL, 20), 0, 20);
            task.awaitLook();
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void anInodeThatIsUsedAgainIsAnotherFile() throws IOException {
        append(0, 10);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 10);
        }
        Files.move(master, folder.resolve("Master.csv.1"));
        append(10, 20);
        Map<String, ?> offset = offsets.values().iterator().next();
        Map<String, Object> reused = new HashMap<>(offset);
        reused.put("key", Files.readAttributes(master, "fileKey").get("fileKey").toString());
        offsets.replaceAll((partition, ignored) -> reused);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 10), 10, 20);
            assertThat(task.of(GAPS)).isEmpty();
        }
    }

    @Test
    void aHalfWrittenRowIsTakenOnceItIsWhole() throws IOException {
        byte[] row = row(3);
        append(0, 3);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 3);
            append(master, row, 0, 40);
            task.awaitLook();
            assertThat(task.of(CEL)).hasSize(3);
            append(master, row, 40, row.length);
            assertRows(task.await(CEL, 4), 0, 4);
        }
    }

    @Test
    void whatCannotBeReadGoesToTheErrorPathWithItsPlaceAndBytes() throws IOException {
        append(0, 2);
        byte[] bad = "\"HANGUP\",\"caf\u00e9\n\"\n".getBytes(ISO_8859_1);
        long position = Files.size(master);
        append(master, bad, 0, bad.length);
        append(2, 4);

        try (RunningCsvTask task = start("earliest")) {
            assertRows(task.await(CEL, 4), 0, 4);

            SourceRecord letter = task.await(DLQ, 1).get(0);
            Map<String, byte[]> headers = new HashMap<>();
            letter.headers()
                    .forEach(header ->
                            headers.put(header.key(), header.value().toString().getBytes(UTF_8)));
            DeadLetter read = DeadLetter.fromHeaders(headers);
            assertThat((byte[]) letter.value()).isEqualTo(bad);
            assertThat(read.position()).isEqualTo(position);
            assertThat(read.origin()).startsWith(master + "#");
            assertThat(read.reason()).contains("2 fields");
        }
    }

    @Test
    void aPatternFindsFilesThatAppearAndLeavesTheirRotatedOnesAlone() throws IOException {
        Map<String, String> settings = settings("latest");
        settings.put("cel.paths", folder + "/*/Master.csv*");
        Files.createDirectory(folder.resolve("a"));
        append(folder.resolve("a/Master.csv"), 0, 10);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(GAPS, 2);
        }
        Files.move(folder.resolve("a/Master.csv"), folder.resolve("a/Master.csv.1"));
        append(folder.resolve("a/Master.csv"), 10, 20);
        Files.createDirectory(folder.resolve("b"));
        append(folder.resolve("b/Master.csv"), 20, 30);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(CEL, 20);
            task.awaitLook();
            assertThat(texts(task.of(CEL))).containsExactlyInAnyOrderElementsOf(expected(10, 30));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aStormOfRotationsLosesNothingThoughTheTaskIsKilledAgainAndAgain(long seed) throws Exception {
        int total = 1500;
        Random random = new Random(seed);
        Thread writer = new Thread(() -> writeWithRotations(new Random(seed), total));
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

        assertThat(texts(acknowledged)).isEqualTo(expected(0, total));
    }

    private void writeWithRotations(Random random, int total) {
        try {
            int rotations = 0;
            int at = 0;
            while (at < total) {
                int next = Math.min(total, at + 1 + random.nextInt(40));
                append(at, next);
                at = next;
                if (random.nextInt(3) == 0) {
                    rotate(random, rotations++);
                }
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rotate(Random random, int count) throws IOException {
        Path old = folder.resolve("Master.csv-" + (20260000 + count));
        switch (random.nextInt(3)) {
            case 0 -> Files.move(master, old);
            case 1 -> compress(master, folder.resolve(old.getFileName() + ".gz"));
            default -> {
                Files.copy(master, old, StandardCopyOption.COPY_ATTRIBUTES);
                empty();
            }
        }
    }

    private RunningCsvTask start(String startFrom) {
        return RunningCsvTask.start(settings(startFrom), offsets);
    }

    private RunningCsvTask startCdr() {
        Map<String, String> settings = settings("earliest");
        settings.put("cdr.paths", settings.remove("cel.paths"));
        return RunningCsvTask.start(settings, offsets);
    }

    private Map<String, String> settings(String startFrom) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pbxs", "east");
        settings.put("cel.paths", master.toString());
        settings.put("start.from", startFrom);
        settings.put("poll.interval.ms", "20");
        return settings;
    }

    private static void assertSame(Map<String, Object> expected, Struct row) {
        expected.forEach((column, value) -> {
            if (row.schema().field(column) != null) {
                assertThat(String.valueOf(row.get(column))).as(column).isEqualTo(String.valueOf(value));
            }
        });
    }

    private static void assertRows(List<SourceRecord> rows, int from, int to) {
        assertThat(texts(rows)).isEqualTo(expected(from, to));
    }

    private static List<String> texts(List<SourceRecord> rows) {
        return rows.stream()
                .map(record -> (Struct) record.value())
                .map(row ->
                        row.getString("eventtype") + " " + row.getString("eventtime") + " " + row.getString("extra"))
                .toList();
    }

    private static List<String> expected(int from, int to) {
        return entries(CsvCorpus.CEL_CUSTOM).subList(from, to).stream()
                .map(row -> row.text("eventtype") + " " + row.text("eventtime") + " " + row.text("extra"))
                .toList();
    }

    /** @param latin its bytes, a character each */
    private record Entry(String latin, Map<String, Object> columns) {
        byte[] bytes() {
            return latin.getBytes(ISO_8859_1);
        }

        String text(String column) {
            return columns.get(column).toString();
        }
    }

    private static final Map<CsvCorpus, List<Entry>> ENTRIES = new HashMap<>();

    private static synchronized List<Entry> entries(CsvCorpus file) {
        return ENTRIES.computeIfAbsent(file, CsvSourceTaskIT::read);
    }

    private static List<Entry> read(CsvCorpus file) {
        byte[] bytes = file.bytes();
        RowColumns columns = new RowColumns(RowKind.valueOf(file.kind()), List.of());
        RecordSplitter splitter = new RecordSplitter(bytes, bytes.length, false);
        List<Entry> entries = new ArrayList<>();
        for (var piece = splitter.next(0);
                piece.isPresent();
                piece = splitter.next(piece.get().end())) {
            String raw = new String(
                    bytes, piece.get().start(), piece.get().end() - piece.get().start(), ISO_8859_1);
            String text =
                    CsvFields.text(bytes, piece.get().textStart(), piece.get().textEnd());
            entries.add(new Entry(raw, columns.name(CsvFields.parse(text).orElseThrow())));
        }
        return entries;
    }

    private static byte[] row(int index) {
        return entries(CsvCorpus.CEL_CUSTOM).get(index).bytes();
    }

    private void append(int from, int to) throws IOException {
        append(master, from, to);
    }

    /** A record at a time, the file opened for each, as Asterisk writes. */
    private static void append(Path path, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            byte[] row = row(i);
            append(path, row, 0, row.length);
        }
    }

    private static void append(Path path, byte[] bytes, int from, int to) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    private void empty() throws IOException {
        FileChannel.open(master, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }

    /** As gzip does: the compressed file appears beside the other, takes over its time, and the other goes. */
    private static void compress(Path from, Path to) throws IOException {
        Path renamed = from.resolveSibling(to.getFileName().toString().replace(".gz", ""));
        Files.move(from, renamed);
        FileTime modified = Files.getLastModifiedTime(renamed);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            Files.copy(renamed, gzip);
        }
        Files.write(to, compressed.toByteArray());
        Files.setLastModifiedTime(to, modified);
        Files.delete(renamed);
    }
}
