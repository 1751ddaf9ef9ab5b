package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;

/** Assemblers in processes of their own. */
final class Fleet implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private Fleet(Path directory) {
        this.directory = directory;
    }

    static Fleet start(
            EmbeddedBroker broker, Topics topics, Path directory, int instances, int partitions, String guarantee)
            throws IOException {
        Fleet fleet = new Fleet(directory);
        for (int instance = 0; instance < instances; instance++) {
            int port = FreePort.any();
            fleet.ports.add(port);
            try (OutputStream out = Files.newOutputStream(fleet.config(instance))) {
                Properties settings =
                        settings(broker, topics, directory.resolve("state-" + instance), instance, partitions, port);
                settings.setProperty("processing.guarantee", guarantee);
                settings.store(out, null);
            }
            fleet.processes.add(fleet.process(instance));
        }
        for (int instance = 0; instance < instances; instance++) {
            fleet.awaitReady(instance);
        }
        return fleet;
    }

    /** Ends an instance without a word, and starts it again on what it left. */
    void killAndReplace(int instance) throws IOException, InterruptedException {
        processes.get(instance).destroyForcibly().waitFor();
        processes.set(instance, process(instance));
    }

    /** Ends an instance as a service manager does, starts it again, and waits until it has all that is its own. */
    void stopAndReplace(int instance) throws IOException, InterruptedException {
        processes.get(instance).destroy();
        assertThat(processes.get(instance).waitFor())
                .as("exit code of a process that SIGTERM ended")
                .isEqualTo(128 + 15);
        processes.set(instance, process(instance));
        awaitReady(instance);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private static Properties settings(
            EmbeddedBroker broker, Topics topics, Path state, int instance, int partitions, int port) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", broker.bootstrapServers());
        settings.setProperty("application.id", "fleet");
        settings.setProperty("group.instance.id", "fleet-" + instance);
        settings.setProperty("num.standby.replicas", "1");
        settings.setProperty("replication.factor", "1");
        settings.setProperty("state.dir", state.toString());
        settings.setProperty(AssemblerConfig.COUNTRY, "CA");
        settings.setProperty(AssemblerConfig.TOPIC_PREFIX, topics.prefix());
        settings.setProperty(AssemblerConfig.TOPICS_CREATE, "true");
        settings.setProperty(AssemblerConfig.TOPICS_PARTITIONS, Integer.toString(partitions));
        settings.setProperty(AssemblerConfig.TOPICS_REPLICATION, "1");
        settings.setProperty(AssemblerConfig.SHIP_COMPLETE_AFTER, "1000");
        settings.setProperty(OperationConfig.HTTP_PORT, Integer.toString(port));
        return settings;
    }

    private Process process(int instance) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AssembleCommand.class.getName(),
                        "--config",
                        config(instance).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("instance-" + instance + ".log").toFile()))
                .start();
    }

    private Path config(int instance) {
        return directory.resolve("instance-" + instance + ".properties");
    }

    private void awaitReady(int instance) {
        HttpClient http = HttpClient.newHttpClient();
        URI ready = URI.create("http://127.0.0.1:" + ports.get(instance) + "/ready");
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
