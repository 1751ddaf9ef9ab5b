package com.sipstack.asterisk.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/** One Connect worker in distributed mode, whose configurations, offsets and states live in topics of its broker. */
public final class EmbeddedWorker implements AutoCloseable {
    private static final String SESSION_TIMEOUT_MS = "6000";
    private static final String IDLE_FETCH_MS = "5000";
    private static final String HEARTBEAT_MS = "2000";

    private final Connect<DistributedHerder> connect;

    private EmbeddedWorker(Connect<DistributedHerder> connect) {
        this.connect = connect;
    }

    /**
     * Starts a worker; {@link ConnectRest#awaitReady} tells when it can be used. Who starts it closes it, also when the process ends.
     *
     * @param restPort of the REST API on loopback; 0 takes any free one
     * @param overrides worker settings that go before ours, e.g. {@code plugin.path}
     * @throws IOException if the port is taken
     */
    public static EmbeddedWorker start(String bootstrapServers, int restPort, Map<String, String> overrides)
            throws IOException {
        Map<String, String> settings = settings(bootstrapServers, FreePort.orCheck(restPort));
        settings.putAll(overrides);
        ClassLoader ownLoader = Thread.currentThread().getContextClassLoader();
        // Connect's own hook would stop it at the same time as we do, and then we would not wait for its end
        Exit.setShutdownHookAdder((name, hook) -> {});
        try {
            return new EmbeddedWorker(new ConnectDistributed().startConnect(settings));
        } finally {
            Exit.resetShutdownHookAdder();
            // Connect leaves its plugin class loader behind on the thread that starts it
            Thread.currentThread().setContextClassLoader(ownLoader);
        }
    }

    public ConnectRest rest() {
        return new ConnectRest(restUrl());
    }

    public URI restUrl() {
        return connect.rest().serverUrl();
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }

    private static Map<String, String> settings(String bootstrapServers, int restPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "sipstack-connect");
        settings.put("listeners", "http://127.0.0.1:" + restPort);
        settings.put("plugin.discovery", "service_load");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "false");
        settings.put("offset.flush.interval.ms", "1000");
        // For the worker's own topics: what comes is fetched at once all the same, this is how long an empty fetch
        // waits
        settings.put("fetch.max.wait.ms", IDLE_FETCH_MS);
        // After a crash the next worker waits for the sessions of the dead one's members to end
        settings.put("session.timeout.ms", SESSION_TIMEOUT_MS);
        settings.put("heartbeat.interval.ms", HEARTBEAT_MS);
        settings.put("consumer.session.timeout.ms", SESSION_TIMEOUT_MS);
        settings.put("consumer.heartbeat.interval.ms", HEARTBEAT_MS);
        settings.put("config.storage.topic", "connect-configs");
        settings.put("config.storage.replication.factor", "1");
        settings.put("offset.storage.topic", "connect-offsets");
        settings.put("offset.storage.replication.factor", "1");
        settings.put("status.storage.topic", "connect-status");
        settings.put("status.storage.replication.factor", "1");
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        return settings;
    }
}
