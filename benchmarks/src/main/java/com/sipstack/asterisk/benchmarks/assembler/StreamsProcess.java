package com.sipstack.asterisk.benchmarks.assembler;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** An app with a heap of its own, so that neither the broker's work nor ours is counted as its. */
public final class StreamsProcess implements AutoCloseable {
    private final Process process;

    private StreamsProcess(Process process) {
        this.process = process;
    }

    /** @param arguments before the name of the file with the settings */
    public static StreamsProcess start(Class<?> main, List<String> arguments, Properties settings, Path directory)
            throws IOException {
        Path file = directory.resolve(main.getSimpleName() + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        command.add(file.toString());
        return new StreamsProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(main.getSimpleName() + ".log").toFile())
                .start());
    }

    /** Of all its threads, since its start. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** All its memory, RocksDB's too, in MiB; as Linux tells it. */
    long residentMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the app ended with code " + process.exitValue() + "; its log says why");
        }
    }

    /** As kill -9 does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
