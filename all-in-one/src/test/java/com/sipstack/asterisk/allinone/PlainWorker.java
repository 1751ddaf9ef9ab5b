package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A Connect worker as a stranger has it: Kafka's own program, with nothing of ours on its class path. */
record PlainWorker(Process process, int port) implements AutoCloseable {
    /** @param directory for its settings and its log */
    static PlainWorker start(EmbeddedBroker broker, Path directory, Path plugins) throws IOException {
        int port = FreePort.any();
        Path file = directory.resolve("worker.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings(broker, port, plugins).store(out, null);
        }
        return new PlainWorker(
                java(kafkasLibraries(), ConnectDistributed.class.getName(), file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("worker.log").toFile())
                        .start(),
                port);
    }

    private static Properties settings(EmbeddedBroker broker, int port, Path plugins) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "strangers",
                "listeners", "http://127.0.0.1:" + port,
                "plugin.path", plugins.toAbsolutePath().toString(),
                "plugin.discovery", "service_load",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "config.providers", "file",
                "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"));
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.topic", "connect-" + topic);
            settings.put(topic + ".storage.replication.factor", "1");
        }
        return settings;
    }

    /** The class path of Kafka's own programs. */
    static String kafkasLibraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> !path.contains("/com/sipstack/") && path.endsWith(".jar"))
                .filter(path -> !path.contains("/target/"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static ProcessBuilder java(String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(javaCommand(), "-Xmx512m", "-cp", classPath));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    ConnectRest rest() {
        return new ConnectRest(URI.create("http://127.0.0.1:" + port));
    }

    /** Waits until it takes requests. */
    PlainWorker awaitReady() throws Exception {
        rest().awaitReady(Duration.ofMinutes(2));
        return this;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
