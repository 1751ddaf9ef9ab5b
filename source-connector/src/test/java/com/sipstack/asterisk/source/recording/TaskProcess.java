package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Recording;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;

/** A task in a Java of its own, with as much memory as it is given; it may be killed. {@link TaskOutput} reads what it says. */
final class TaskProcess {
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private TaskProcess() {}

    /** @param output what was sent, after what earlier processes have written there */
    static Process start(Map<String, String> settings, String memory, Path output) throws IOException {
        return new ProcessBuilder(command(settings, "-Xmx" + memory))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static List<String> command(Map<String, String> settings, String... flags) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                TaskProcess.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return command;
    }

    /** @param args settings, each {@code key=value} */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(main, ended)));
        try (RunningRecordingTask task = RunningRecordingTask.start(settings)) {
            long scans = 0;
            while (ended.getCount() > 0) {
                for (SourceRecord record : task.poll()) {
                    task.acknowledgeAndForget(record);
                    tell(record);
                }
                if (task.counters().scans() > scans) {
                    scans = task.counters().scans();
                    tell(scans, task.counters());
                }
            }
        }
    }

    /** As a worker does: a process that is terminated, and not killed, has its ledger on the disk. */
    private static void end(Thread main, CountDownLatch ended) {
        ended.countDown();
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(SourceRecord record) {
        if (record.topic().endsWith(".recordings")) {
            Recording sent = Recording.MAPPING.fromConnect(Json.read((byte[]) record.value()));
            System.out.println("sent " + sent.fileName() + " " + sent.sha256());
        }
    }

    private static void tell(long scans, RecordingCounters counters) {
        System.out.println("scans=" + scans
                + " found=" + counters.found()
                + " known=" + counters.leftOut(LeftOut.KNOWN)
                + " unreadable=" + counters.leftOut(LeftOut.UNREADABLE)
                + " healthy=" + counters.isHealthy()
                + " read-only=" + counters.isReadOnly()
                + " cpu-ms=" + TimeUnit.NANOSECONDS.toMillis(MACHINE.getProcessCpuTime()));
    }
}
