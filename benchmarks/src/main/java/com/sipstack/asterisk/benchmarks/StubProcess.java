package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The API in a process of its own, so that its work is not counted as the sink's. */
final class StubProcess implements AutoCloseable {
    private final Process process;
    private final URI uri;

    private StubProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** @param latency that every answer is held back */
    static StubProcess start(Duration latency) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubProcess.class.getName(),
                        Long.toString(latency.toMillis())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String uri =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new StubProcess(process, URI.create(uri));
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Serves until its parent ends or stops it. */
    public static void main(String[] args) throws IOException {
        StubApi api = StubApi.start();
        long latencyMs = Long.parseLong(args[0]);
        if (latencyMs > 0) {
            api.faults().add(Fault.delay(Duration.ofMillis(latencyMs)));
        }
        System.out.println(api.uri());
        System.out.flush();
        while (System.in.read() >= 0) {
            // the end of the parent is the end of its pipe
        }
        System.exit(0);
    }
}
