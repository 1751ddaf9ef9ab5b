package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.allinone.EnvSettings.ConsolePage;
import com.sipstack.asterisk.allinone.EnvSettings.Monitoring;
import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.assembler.ConsoleConfig;
import com.sipstack.asterisk.assembler.OperationConfig;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in one process: broker, worker, assembler and the connectors between them. */
final class Instance implements AutoCloseable {
    private static final String FETCH_WAIT = "fetch.max.wait.ms";
    /** Nobody waits longer for a record: this is how often consumers ask again that have nothing to read. */
    private static final String FETCH_WAIT_MILLIS = "2000";

    private static final Logger log = LoggerFactory.getLogger(Instance.class);
    private static final Duration WORKER_LIMIT = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final ConnectMetrics connect = new ConnectMetrics();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private EmbeddedBroker broker;
    private EmbeddedWorker worker;
    private Assembler assembler;
    private boolean closed;

    private Instance(DataDirectory data) {
        this.data = data;
    }

    /** Ports on loopback; 0 takes any free one. */
    record Ports(int kafka, int connect) {}

    /**
     * Starts everything, and closes what had started if anything does not.
     *
     * @param plugins folder with one subfolder for each unpacked plugin archive
     * @throws SettingsException if a connector refuses its settings; names the user's variables
     */
    static Instance start(Deployment deployment, DataDirectory data, Path plugins, Ports ports) throws Exception {
        Instance instance = new Instance(data);
        try {
            instance.startParts(deployment, plugins, ports);
            return instance;
        } catch (Exception | Error e) {
            // Also where threads or memory cannot be had: what has started would live on
            instance.close();
            throw e;
        }
    }

    URI restUrl() {
        return worker.restUrl();
    }

    /** The page that shows calls; empty if it is not served. */
    Optional<InetSocketAddress> console() {
        return assembler.consoleAddress();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Waits until the assembler ends. Returns whether it gave up, rather than being closed. */
    boolean awaitEnd() throws InterruptedException {
        return assembler.awaitEnd();
    }

    /** Stops the parts in the opposite order of their start. Any of them that fails is reported, and the others still stop. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean allStopped = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                allStopped = false;
                log.error("A part did not stop in order", e);
            }
        }
        if (allStopped) {
            markStopped();
        }
    }

    private void markStopped() {
        try {
            data.markStopped();
        } catch (IOException e) {
            log.error("The next start will take this stop for a crash and read a while again", e);
        }
    }

    private void startParts(Deployment deployment, Path plugins, Ports ports) throws Exception {
        if (!data.stoppedInOrder()) {
            log.warn(
                    "The last run did not stop in order: the sources step back and read a while again; nothing is doubled by it");
        }
        data.prepareRun(deployment.secrets(), Instant.now());
        broker = EmbeddedBroker.start(data.kafka(), ports.kafka());
        parts.push(broker);
        assembler = startAssembler(deployment);
        parts.push(assembler);
        worker = EmbeddedWorker.start(broker.bootstrapServers(), ports.connect(), workerSettings(plugins));
        parts.push(worker);
        ConnectRest rest = worker.rest();
        rest.awaitReady(WORKER_LIMIT);
        Connectors connectors = new Connectors(deployment, data, broker.bootstrapServers());
        connectors.deploy(rest);
        connect.deployed();
        parts.push(ConnectorGuard.start(rest, connectors.names()));
    }

    private Assembler startAssembler(Deployment deployment) throws Exception {
        Map<String, String> config = new HashMap<>(deployment.assembler());
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("state.dir", data.state().toString());
        leaveOutUnasked(config);
        config.put("consumer." + FETCH_WAIT, FETCH_WAIT_MILLIS);
        // The broker is near, and a batch that comes before the one in front of it is refused and sent again, which
        // takes time
        config.put("producer.max.in.flight.requests.per.connection", "1");
        // Known again after a crash at once, not only when the dead one's session has ended
        config.put("group.instance.id", "all-in-one");
        try {
            return Assembler.start(new AssemblerConfig(config), connect);
        } catch (ConfigException e) {
            throw new SettingsException(Deployment.inUsersNames(e.getMessage()));
        } catch (IOException e) {
            throw new SettingsException("MONITORING_PORT, CONSOLE_PORT: " + e.getMessage());
        }
    }

    /** Nobody asked for the usual ports: what has them already must not keep calls from being shipped. */
    static void leaveOutUnasked(Map<String, String> config) {
        leaveOutUnasked(config, ConsoleConfig.PORT, ConsolePage.USUAL_PORT, "The console is", "CONSOLE_PORT");
        leaveOutUnasked(
                config,
                OperationConfig.HTTP_PORT,
                Monitoring.USUAL_PORT,
                "Metrics, health and readiness are",
                "MONITORING_PORT");
    }

    private static void leaveOutUnasked(
            Map<String, String> config, String setting, int usual, String served, String variable) {
        if (Integer.toString(usual).equals(config.get(setting))) {
            try {
                FreePort.orCheck(usual);
            } catch (IOException e) {
                log.warn("{} not served, since something else has port {}: set {}", served, usual, variable);
                config.remove(setting);
            }
        }
    }

    private Map<String, String> workerSettings(Path plugins) {
        return Map.of(
                "plugin.path",
                plugins.toString(),
                // Rows repeat each other
                "producer.compression.type",
                "lz4",
                FETCH_WAIT,
                FETCH_WAIT_MILLIS,
                "consumer." + FETCH_WAIT,
                FETCH_WAIT_MILLIS,
                "config.providers",
                "file",
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "config.providers.file.param.allowed.paths",
                data.runSettings().getParent().toString());
    }
}
