package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.assembler.BrokerProbe;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

/** The cluster that a command speaks to, by the names that Kafka's own commands have for it. */
final class Cluster {
    private static final String SERVERS = "bootstrap.servers";

    @Option(
            names = {"--bootstrap-servers", "--bootstrap-server"},
            paramLabel = "HOST:PORT",
            description = "The brokers; goes before the file. Default: 127.0.0.1:19092, which sipstack run starts.")
    private String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties of the Kafka client: SASL and TLS settings and the like.")
    private Path config;

    /** @throws IllegalStateException if no broker answers */
    Admin admin() throws IOException {
        Map<String, Object> client = new HashMap<>();
        settings().forEach((name, value) -> client.put(name.toString(), value));
        BrokerProbe.requireAnswer(client);
        return Admin.create(client);
    }

    /** Kafka's own commands for the same cluster. */
    KafkaCommands commands() throws IOException {
        return new KafkaCommands(settings().getProperty(SERVERS), config == null ? "" : config.toString());
    }

    private Properties settings() throws IOException {
        Properties settings = new Properties();
        if (config != null) {
            try (Reader in = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
                settings.load(in);
            }
        }
        settings.putIfAbsent(SERVERS, "127.0.0.1:19092");
        if (bootstrapServers != null) {
            settings.put(SERVERS, bootstrapServers);
        }
        return settings;
    }
}
