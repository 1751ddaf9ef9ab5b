package com.sipstack.asterisk.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft broker that is its own controller. Its directory holds everything: a broker started again on it goes on where the
 * last one stopped. There is one replica and no fsync: a power failure can take the last seconds.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param directory made if it is missing
     * @param port on loopback; 0 takes any free one
     * @throws IOException if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker start(Path directory, int port) throws IOException {
        return start(directory, port, "PLAINTEXT", Map.of());
    }

    /**
     * Starts a broker that lets in only whom it knows, over SASL_SSL, and has them do only what ACLs allow.
     *
     * @param directory made if it is missing
     * @throws IOException if the directory cannot be written
     */
    public static EmbeddedBroker startSecured(Path directory, BrokerSecurity security) throws IOException {
        return start(directory, 0, "SASL_SSL", security.brokerSettings());
    }

    private static EmbeddedBroker start(Path directory, int port, String protocol, Map<String, String> others)
            throws IOException {
        int brokerPort = FreePort.orCheck(port);
        int controllerPort = FreePort.otherThan(brokerPort);
        format(directory);
        Map<String, String> settings = settings(directory, protocol, brokerPort, controllerPort);
        settings.putAll(others);
        KafkaConfig config = KafkaConfig.fromProps(toProperties(settings), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, brokerPort);
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        Formatter formatter = new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("broker storage in " + directory + " cannot be formatted", e);
        }
    }

    private static Map<String, String> settings(Path directory, String protocol, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners", protocol + "://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", protocol + "://" + HOST + ":" + port);
        settings.put("listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", protocol);
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(9 * 1024 * 1024));
        // Of what came while the machine's clock was ahead: whoever reads it writes with its time, and would be refused
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Threads that wait wake up several times a second, and there are few clients
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        // A controller that is alone need not tell every half second that it is still there
        settings.put("metadata.max.idle.interval.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
        return settings;
    }

    private static java.util.Properties toProperties(Map<String, String> settings) {
        java.util.Properties properties = new java.util.Properties();
        properties.putAll(settings);
        return properties;
    }

    /** A broker in a directory of its own that the system throws away: for tests. */
    public static EmbeddedBroker startTemporary() {
        try {
            return start(Files.createTempDirectory("broker").resolve("kafka"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no broker could be started", e);
        }
    }
}
