package com.sipstack.asterisk.assembler;

import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Apicurio's schema registry, in a JVM of its own, with its storage in memory. What it says goes into a file under {@code target}. */
record SchemaRegistry(Process process, URI api) implements AutoCloseable {
    private static final Path HOME = Path.of("target", "registry");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static SchemaRegistry start() throws IOException {
        int port = FreePort.any();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        program().toString())
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("registry.log").toFile())
                .start();
        SchemaRegistry registry =
                new SchemaRegistry(process, URI.create("http://127.0.0.1:" + port + "/apis/registry/v2"));
        await().atMost(Duration.ofMinutes(2)).until(registry::answers);
        return registry;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the registry did not start, its log in target says why");
        }
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(api + "/system/info"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private static Path program() throws IOException {
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(HOME, "*-runner.jar")) {
            return programs.iterator().next();
        }
    }
}
