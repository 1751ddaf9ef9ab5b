package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** A task in a Java of its own, with as much memory as it is given; it may be killed. Each acknowledged recording is a line of its output. */
final class TaskProcess {
    private TaskProcess() {}

    /** @param output what was sent, after what earlier processes have written there */
    static Process start(Map<String, String> settings, String memory, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                "-cp",
                System.getProperty("java.class.path"),
                TaskProcess.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** @param args settings, each {@code key=value} */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        try (RunningRecordingTask task = RunningRecordingTask.start(settings)) {
            while (!Thread.currentThread().isInterrupted()) {
                for (SourceRecord record : task.poll()) {
                    task.acknowledgeAndForget(record);
                    if (record.topic().endsWith(".recordings")) {
                        Recording sent = Recording.MAPPING.fromConnect(Json.read((byte[]) record.value()));
                        System.out.println("sent " + sent.fileName() + " " + sent.sha256());
                    }
                }
            }
        }
    }
}
