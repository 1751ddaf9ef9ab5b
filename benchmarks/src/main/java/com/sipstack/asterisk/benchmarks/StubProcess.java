package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The API in a process of its own, so that its work is not counted as the sink's. */
public final class StubProcess implements AutoCloseable {
    /** Whose documents are remembered: its memory must not grow with a run. */
    private static final int MOST_CALLS = 10_000;

    private final Process process;
    private final URI uri;

    private StubProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts one that tells of each document it accepts: when, in milliseconds since the epoch, the phase and the linkedids of its story. */
    public static StubProcess start(Consumer<String> receipts) throws IOException {
        Process process = launch("0", "receipts");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StubProcess started = new StubProcess(process, URI.create(lines.readLine()));
        Thread reader = new Thread(() -> tell(lines, receipts), "receipts");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private static void tell(BufferedReader lines, Consumer<String> receipts) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receipts.accept(line);
            }
        } catch (IOException closed) {
            // Java closes the pipe of a process that we stopped
        }
    }

    /** @param latency that every answer is held back */
    static StubProcess start(Duration latency) throws IOException {
        Process process = launch(Long.toString(latency.toMillis()));
        return new StubProcess(
                process, URI.create(process.inputReader(StandardCharsets.UTF_8).readLine()));
    }

    private static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                StubProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public URI uri() {
        return uri;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static String receipt(ReceivedDocument document) {
        StringBuilder receipt = new StringBuilder()
                .append(document.receivedAt().toEpochMilli())
                .append(' ')
                .append(document.phase())
                .append(' ')
                .append(document.linkedid());
        document.document()
                .path("related_linkedids")
                .forEach(other -> receipt.append(' ').append(other.asText()));
        return receipt.toString();
    }

    /** Serves until its parent ends or stops it. */
    public static void main(String[] args) throws IOException {
        StubApi api = StubApi.start(StubApiConfig.defaults().withMaxCalls(MOST_CALLS));
        long latencyMs = Long.parseLong(args[0]);
        if (latencyMs > 0) {
            api.faults().add(Fault.delay(Duration.ofMillis(latencyMs)));
        }
        System.out.println(api.uri());
        System.out.flush();
        if (args.length > 1) {
            api.onDocument(document -> System.out.println(receipt(document)));
        }
        while (System.in.read() >= 0) {
            // the end of the parent is the end of its pipe
        }
        System.exit(0);
    }
}
