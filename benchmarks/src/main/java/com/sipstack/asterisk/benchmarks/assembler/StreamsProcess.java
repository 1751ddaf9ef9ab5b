package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.benchmarks.LinuxProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app with a heap of its own, so that neither the broker's work nor ours is counted as its. */
public final class StreamsProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Of the parallel collector's two generations. */
    private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen) +total \\d+K, used (\\d+)K");

    private static final Pattern COMPILER = Pattern.compile("^C[12] Compiler");

    private final Process process;

    private StreamsProcess(Process process) {
        this.process = process;
    }

    /** @param arguments before the name of the file with the settings */
    public static StreamsProcess start(Class<?> main, List<String> arguments, Properties settings, Path directory)
            throws IOException {
        String name = main.getSimpleName() + "-" + settings.getProperty("group.instance.id");
        Path file = directory.resolve(name + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // All of the heap at once: what grows later is not the heap
                "-Xms512m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        command.add(file.toString());
        return new StreamsProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start());
    }

    /** Of all its threads, since its start. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Seconds of processor time since its start, without those of the JIT compiler. */
    double secondsWithoutJit() throws IOException {
        return new LinuxProcess(process.pid())
                .threads().values().stream()
                        .filter(thread -> !COMPILER.matcher(thread.name()).find())
                        .mapToDouble(LinuxProcess.ThreadTime::seconds)
                        .sum();
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

    /** What is in use of the heap after a full collection, in MiB. */
    long liveHeapMebibytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long kibibytes = 0;
        while (used.find()) {
            kibibytes += Long.parseLong(used.group(1));
        }
        return kibibytes / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("jcmd: " + answer);
        }
        return answer;
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the app ended with code " + process.exitValue() + "; its log says why");
        }
    }

    /** Until the assembler has restored its state and reads. */
    void awaitReady(int port) throws InterruptedException {
        while (status(port) != HttpURLConnection.HTTP_OK) {
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Until the calls that are over have their documents: what is restored then is what stays of them. */
    void awaitNoneOpen(int port) throws IOException, InterruptedException {
        while (!HTTP.send(request(port, "/metrics"), BodyHandlers.ofString())
                .body()
                .contains("sipstack_assembler_calls_open 0.0")) {
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int status(int port) throws InterruptedException {
        try {
            return HTTP.send(request(port, "/ready"), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // it does not listen yet
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    /** As kill -9 does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
