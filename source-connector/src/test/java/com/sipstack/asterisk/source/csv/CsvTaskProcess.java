package com.sipstack.asterisk.source.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A task in a Java of its own, which may be killed. Its folder is what Kafka is to a worker: each channel event becomes a line of
 * {@code records} at once, and offsets are committed after every few of them. A start is a line, too: how many records were committed.
 */
final class CsvTaskProcess {
    static final String RECORDS = "records";
    static final String START = "start ";

    private static final String OFFSETS = "offsets";
    private static final int COMMIT_EVERY = 25;

    private final Path folder;
    private final HashMap<Map<String, ?>, Map<String, ?>> offsets;
    private int written;

    private CsvTaskProcess(Path folder, Committed committed) {
        this.folder = folder;
        this.offsets = committed.offsets();
        this.written = committed.records();
    }

    private record Committed(int records, HashMap<Map<String, ?>, Map<String, ?>> offsets) implements Serializable {}

    static Process start(Map<String, String> settings, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CsvTaskProcess.class.getName(),
                folder.toString()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command).inheritIO().start();
    }

    static String line(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** @param args the folder, then settings, each {@code key=value} */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Map<String, String> settings = new HashMap<>();
        for (String arg : List.of(args).subList(1, args.length)) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        new CsvTaskProcess(folder, committed(folder.resolve(OFFSETS))).run(settings);
    }

    private static Committed committed(Path file) throws IOException, ClassNotFoundException {
        if (!Files.exists(file)) {
            return new Committed(0, new HashMap<>());
        }
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (Committed) in.readObject();
        }
    }

    private void run(Map<String, String> settings) throws IOException, InterruptedException {
        try (RunningCsvTask task = RunningCsvTask.start(settings, new HashMap<>(offsets))) {
            write(START + written);
            while (!Thread.currentThread().isInterrupted()) {
                for (SourceRecord record : task.poll()) {
                    take(record);
                }
            }
        }
    }

    private void take(SourceRecord record) throws IOException {
        offsets.put(new HashMap<>(record.sourcePartition()), new HashMap<>(record.sourceOffset()));
        if (record.topic().equals("asterisk.cel")) {
            write(line(CelCsvFile.text(record)));
            written++;
            if (written % COMMIT_EVERY == 0) {
                commit();
            }
        }
    }

    /** In one write: a line is there as a whole or not at all. */
    private void write(String line) throws IOException {
        Files.writeString(folder.resolve(RECORDS), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void commit() throws IOException {
        Path fresh = folder.resolve(OFFSETS + ".new");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(fresh))) {
            out.writeObject(new Committed(written, offsets));
        }
        Files.move(fresh, folder.resolve(OFFSETS), StandardCopyOption.ATOMIC_MOVE);
    }
}
