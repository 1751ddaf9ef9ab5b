package com.sipstack.asterisk.source.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.source.database.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

/** The file that cel_custom writes: a real one's records, written by us as Asterisk writes them, and rotated in every way. */
final class CelCsvFile {
    private static final Map<CsvCorpus, List<Entry>> ENTRIES = new HashMap<>();

    private final Path path;
    private int rotations;

    CelCsvFile(Path path) {
        this.path = path;
    }

    /** @param latin its bytes, a character each */
    record Entry(String latin, Map<String, Object> columns) {
        byte[] bytes() {
            return latin.getBytes(ISO_8859_1);
        }

        String text(String column) {
            return columns.get(column).toString();
        }
    }

    Path path() {
        return path;
    }

    /** Of a task that reads it. */
    Map<String, String> settings(String startFrom) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pbxs", "east");
        settings.put("cel.paths", path.toString());
        settings.put("start.from", startFrom);
        settings.put("poll.interval.ms", "20");
        return settings;
    }

    static void assertRows(List<SourceRecord> rows, int from, int to) {
        assertThat(texts(rows)).isEqualTo(expected(from, to));
    }

    static List<String> texts(List<SourceRecord> rows) {
        return rows.stream().map(CelCsvFile::text).toList();
    }

    static String text(SourceRecord record) {
        Struct row = (Struct) record.value();
        return row.getString("eventtype") + " " + row.getString("eventtime") + " " + row.getString("extra");
    }

    static List<String> expected(int from, int to) {
        return entries(CsvCorpus.CEL_CUSTOM).subList(from, to).stream()
                .map(row -> row.text("eventtype") + " " + row.text("eventtime") + " " + row.text("extra"))
                .toList();
    }

    static synchronized List<Entry> entries(CsvCorpus file) {
        return ENTRIES.computeIfAbsent(file, CelCsvFile::read);
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

    static byte[] row(int index) {
        return entries(CsvCorpus.CEL_CUSTOM).get(index).bytes();
    }

    void append(int from, int to) throws IOException {
        append(path, from, to);
    }

    void append(byte[] bytes, int from, int to) throws IOException {
        append(path, bytes, from, to);
    }

    /** A record at a time, the file opened for each, as Asterisk writes. */
    static void append(Path path, int from, int to) throws IOException {
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

    void empty() throws IOException {
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }

    /** As gzip does: the compressed file appears beside the other, takes over its time, and the other goes. */
    void compress(Path to) throws IOException {
        Path renamed = path.resolveSibling(to.getFileName().toString().replace(".gz", ""));
        Files.move(path, renamed);
        FileTime modified = Files.getLastModifiedTime(renamed);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            Files.copy(renamed, gzip);
        }
        Files.write(to, compressed.toByteArray());
        Files.setLastModifiedTime(to, modified);
        Files.delete(renamed);
    }

    /** Writes these records, with rotations of every kind in between. */
    void appendWithRotations(Random random, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int next = Math.min(to, at + 1 + random.nextInt(40));
            append(at, next);
            at = next;
            if (random.nextInt(3) == 0) {
                rotate(random);
            }
        }
    }

    private void rotate(Random random) throws IOException {
        Path old = path.resolveSibling(path.getFileName() + "-" + (20260000 + rotations++));
        switch (random.nextInt(3)) {
            case 0 -> Files.move(path, old);
            case 1 -> compress(old.resolveSibling(old.getFileName() + ".gz"));
            default -> {
                Files.copy(path, old, StandardCopyOption.COPY_ATTRIBUTES);
                empty();
            }
        }
    }
}
