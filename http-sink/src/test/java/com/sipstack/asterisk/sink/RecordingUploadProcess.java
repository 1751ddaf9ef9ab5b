package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task in a process of its own, whose heap is as small as a test wants it. */
final class RecordingUploadProcess {
    private RecordingUploadProcess() {}

    /** Ends with 0 once this recording may be committed. */
    static int upload(String heap, Path value, Map<String, String> settings) throws IOException, InterruptedException {
        Path output = value.resolveSibling("upload.log");
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingUploadProcess.class.getName(),
                value.toString());
        settings.forEach((name, setting) -> command.command().add(name + "=" + setting));
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(output));
        }
        return process.exitValue();
    }

    /** Uploads the recording in a file. */
    public static void main(String[] args) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("api.key", Calls.API_KEY));
        for (String setting : List.of(args).subList(1, args.length)) {
            String[] sides = setting.split("=", 2);
            settings.put(sides[0], sides[1]);
        }
        RecordingContext context = new RecordingContext();
        RecordingSinkTask task = new RecordingSinkTask();
        task.initialize(context);
        task.start(settings);
        task.open(List.of(RecordingContext.PARTITION));
        byte[] value = Files.readString(Path.of(args[0])).getBytes(StandardCharsets.UTF_8);
        task.put(List.of(new SinkRecord(Calls.TOPIC, 0, null, Recordings.PBX, null, value, 0)));
        while (task.preCommit(Map.of(RecordingContext.PARTITION, new OffsetAndMetadata(1)))
                        .get(RecordingContext.PARTITION)
                        .offset()
                == 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            task.put(List.of());
        }
        task.stop();
        System.exit(context.letters.size());
    }
}
