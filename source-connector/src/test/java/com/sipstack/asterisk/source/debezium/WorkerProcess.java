package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Connect worker of another release, in a JVM and with a class path of its own. */
record WorkerProcess(Process process, ConnectRest rest) implements AutoCloseable {
    /**
     * Starts a worker and waits until it takes requests; what it says goes into a file under {@code target}.
     *
     * @param release as the folders of the workers' class paths are named, e.g. {@code 3.6}
     */
    static WorkerProcess start(String release, String bootstrapServers, String pluginPath) throws Exception {
        int port = FreePort.any();
        Path folder = Files.createDirectories(Path.of("target", "connect-" + release));
        Path settings = folder.resolve("worker.properties");
        Files.writeString(settings, properties(settings(release, bootstrapServers, port, pluginPath)));
        Process process = new ProcessBuilder(command(release, settings))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile())
                .start();
        WorkerProcess worker = new WorkerProcess(process, new ConnectRest(URI.create("http://127.0.0.1:" + port)));
        try {
            worker.awaitReady();
            return worker;
        } catch (Exception e) {
            worker.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    /** Workers before 3.9 have no {@code /health}. */
    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IllegalStateException("the worker did not start, its log in target says why");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return rest.send("GET", "/connectors", null).isSuccess();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(String release, Path settings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dlog4j.configuration=file:src/workers/log4j.properties",
                "-cp",
                Path.of("src", "workers", "connect-" + release, "target", "worker", "*")
                        .toString(),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                settings.toString());
    }

    private static Map<String, String> settings(String release, String bootstrapServers, int port, String pluginPath) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "connect-" + release);
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("plugin.path", pluginPath);
        settings.put("plugin.discovery", "service_load");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "false");
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        for (String storage : List.of("config", "offset", "status")) {
            settings.put(storage + ".storage.topic", "connect-" + release + "-" + storage + "s");
            settings.put(storage + ".storage.replication.factor", "1");
        }
        return settings;
    }

    private static String properties(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }
}
