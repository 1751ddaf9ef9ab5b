package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The packed {@code sipstack} command as a process of its own, started by the script that users start. */
public final class SipstackProcess implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("..", "sipstack").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::readOutput, "output");

    private SipstackProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
    }

    public static SipstackProcess start(Path workingDirectory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        SipstackProcess started = new SipstackProcess(new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .start());
        started.reader.start();
        return started;
    }

    /** Starts {@code sipstack run} with these variables, on any free ports. */
    static SipstackProcess run(Path workingDirectory, Map<String, String> env) throws IOException {
        Path file = workingDirectory.resolve("settings.env");
        Files.writeString(
                file,
                env.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        return start(
                workingDirectory, "run", "--env-file", file.toString(), "--kafka-port", "0", "--connect-port", "0");
    }

    /** Standard output and error, line by line as they came. */
    public List<String> output() {
        return output;
    }

    void awaitLine(String part) {
        Awaitility.await("a line with '" + part + "'").atMost(LIMIT).until(() -> {
            assertThat(process.isAlive() || contains(part))
                    .as("still running; it said %s", output)
                    .isTrue();
            return contains(part);
        });
    }

    private boolean contains(String part) {
        return output.stream().anyMatch(line -> line.contains(part));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it ends by itself. */
    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended; it said %s", output)
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /** As a service manager stops it. Returns how long it took. */
    Duration terminate() throws InterruptedException {
        long before = System.nanoTime();
        process.destroy();
        awaitExit();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the process's output cannot be read", e);
        }
    }
}
