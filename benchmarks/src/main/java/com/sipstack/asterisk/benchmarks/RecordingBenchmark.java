package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingName;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.sink.RecordingSinkTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run recordings}: the recording sink's task against the stub, receipts included, beside {@code curl -F}. */
@Command(
        name = "recordings",
        description = "Recordings and megabytes a second, beside curl -F.",
        mixinStandardHelpOptions = true)
final class RecordingBenchmark implements Callable<Integer> {
    private static final int KIBIBYTE = 1024;

    @Option(
            names = "--small",
            defaultValue = "500",
            description = "Of 500 kB, half a minute of speech. Default: ${DEFAULT-VALUE}")
    private int small;

    @Option(
            names = "--large",
            defaultValue = "20",
            description = "Of 50 MB, most of an hour. Default: ${DEFAULT-VALUE}")
    private int large;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "Runs, of which the best counts. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--in-flight", defaultValue = "10", description = "Uploads at a time. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Override
    public Integer call() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            createReceipts(broker);
            compare(broker, small, 500 * KIBIBYTE);
            compare(broker, large, 50 * KIBIBYTE * KIBIBYTE);
        }
        return 0;
    }

    private static void createReceipts(EmbeddedBroker broker) throws InterruptedException, ExecutionException {
        String topic = new Topics(Topics.DEFAULT_PREFIX).receipts();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private void compare(EmbeddedBroker broker, int number, int bytes) throws Exception {
        Path folder = Files.createTempDirectory("recordings");
        try (StubProcess api = StubProcess.start(Duration.ZERO)) {
            List<Path> files = files(folder, number, bytes);
            double curlBest = Double.MAX_VALUE;
            double oursBest = Double.MAX_VALUE;
            for (int run = 0; run <= runs; run++) {
                double curl = curl(api, files);
                double ours = ours(broker, api, folder, files);
                if (run > 0) { // the first one warms up
                    curlBest = Math.min(curlBest, curl);
                    oursBest = Math.min(oursBest, ours);
                }
            }
            double megabytes = (double) number * bytes / 1e6;
            System.out.printf(
                    "%,4d of %,6d kB, in flight %d   curl %,7.1f/s %,6.0f MB/s   ours %,7.1f/s %,6.0f MB/s   %3.0f %%%n",
                    number,
                    bytes / KIBIBYTE,
                    inFlight,
                    number / curlBest,
                    megabytes / curlBest,
                    number / oursBest,
                    megabytes / oursBest,
                    100 * curlBest / oursBest);
        } finally {
            delete(folder);
        }
    }

    private static List<Path> files(Path folder, int number, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            files.add(Files.write(folder.resolve(i + ".wav"), noise));
        }
        return files;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private double curl(StubProcess api, List<Path> files) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(inFlight);
        long start = System.nanoTime();
        List<Future<Integer>> uploads = files.stream()
                .map(file -> threads.submit(() -> curl(api, file)))
                .toList();
        for (Future<Integer> upload : uploads) {
            if (upload.get() != 0) {
                throw new IllegalStateException("curl ended with " + upload.get());
            }
        }
        threads.shutdown();
        return (System.nanoTime() - start) / 1e9;
    }

    private static int curl(StubProcess api, Path file) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--fail",
                        "--header",
                        "Authorization: Bearer " + SinkBenchmark.API_KEY,
                        "--user-agent",
                        "benchmark/1",
                        "--header",
                        "X-Asterisk-Hostname: pbx1",
                        "--form",
                        "recording_id=" + file.getFileName(),
                        "--form",
                        "audio=@" + file + ";type=audio/wav",
                        api.uri() + "/mqs/recording")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return curl.waitFor();
    }

    private double ours(EmbeddedBroker broker, StubProcess api, Path folder, List<Path> files) throws IOException {
        List<SinkRecord> records = new ArrayList<>();
        for (Path file : files) {
            records.add(record(file, records.size()));
        }
        return new DrivenSink()
                .ship(
                        new RecordingSinkTask(),
                        Map.of(
                                "api.key", SinkBenchmark.API_KEY,
                                "api.url", api.uri().toString(),
                                "max.in.flight", Integer.toString(inFlight),
                                "file.roots", folder.toString(),
                                "kafka.bootstrap.servers", broker.bootstrapServers()),
                        records);
    }

    private static SinkRecord record(Path file, int offset) throws IOException {
        long modified = Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
        String name = file.getFileName().toString();
        Recording found = new Recording(
                new Provenance("pbx1", RowSource.RECORDING, file.toString(), modified),
                file.toString(),
                name,
                Files.size(file),
                modified,
                null,
                null,
                null,
                null,
                null,
                RecordingName.NONE,
                AudioLocation.NONE,
                Map.of());
        return new SinkRecord(
                DrivenSink.PARTITION.topic(),
                0,
                Schema.STRING_SCHEMA,
                "pbx1",
                null,
                new ReadyRecording("pbx1", "pbx1", Map.of("recording_id", name), found).toJson(),
                offset,
                System.currentTimeMillis(),
                TimestampType.CREATE_TIME);
    }
}
