package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.allinone.EnvSettings.ConsolePage;
import com.sipstack.asterisk.allinone.EnvSettings.Monitoring;
import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.assembler.ConsoleConfig;
import com.sipstack.asterisk.assembler.OperationConfig;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.ConnectRest.SettingError;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in one process: broker, worker, assembler and the connectors between them. */
final class Instance implements AutoCloseable {
    private static final String FETCH_WAIT = "fetch.max.wait.ms";
    /** Nobody waits longer for a record: this is how often consumers ask again that have nothing to read. */
    private static final String FETCH_WAIT_MILLIS = "2000";

    private static final String QUEUED_BYTES = "max.queued.bytes";
    private static final long MOST_QUEUED = 64L << 20;
    private static final Logger log = LoggerFactory.getLogger(Instance.class);
    private static final Duration WORKER_LIMIT = Duration.ofMinutes(2);
    private static final int NOT_FOUND = 404;

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
        deploy(rest, deployment);
        connect.deployed();
        ConnectorGuard guard =
                ConnectorGuard.start(rest, List.copyOf(connectors(deployment).keySet()));
        parts.push(guard);
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

    private void deploy(ConnectRest rest, Deployment deployment) throws Exception {
        Map<String, Map<String, String>> connectors = connectors(deployment);
        Map<String, String> taken = new HashMap<>();
        Set<String> faults = new LinkedHashSet<>();
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            List<String> told = faults(rest.validate(connector.getKey(), connector.getValue()));
            String fingerprint = fingerprint(connector.getValue(), deployment);
            if (told.isEmpty()) {
                taken.put(connector.getKey(), fingerprint);
            } else if (data.hasTaken(connector.getKey(), fingerprint) && isThere(rest, connector.getKey())) {
                told.forEach(fault -> log.error("{}. It was right before: all runs, and it is tried again", fault));
            } else {
                faults.addAll(told);
            }
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(List.copyOf(faults));
        }
        for (String name : Deployment.CONNECTORS) {
            if (!connectors.containsKey(name)) {
                remove(rest, name);
            }
        }
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            if (taken.containsKey(connector.getKey())) {
                put(rest, connector.getKey(), connector.getValue());
            }
        }
        data.rememberTaken(taken);
    }

    /** Of what a connector is told, secrets included. */
    private String fingerprint(Map<String, String> config, Deployment deployment) throws GeneralSecurityException {
        Map<String, String> told = new TreeMap<>(config);
        deployment
                .secrets()
                .forEach((name, secret) ->
                        told.replaceAll((setting, value) -> value.equals(reference(name)) ? secret : value));
        byte[] text = told.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    }

    /** From an earlier run, so that the worker has started it already. */
    private static boolean isThere(ConnectRest rest, String connector) throws Exception {
        return rest.send("GET", "/connectors/" + connector + "/config", null).isSuccess();
    }

    /** By name, in the order of their start: what ships before what reads. */
    private Map<String, Map<String, String>> connectors(Deployment deployment) {
        Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
        connectors.put(Deployment.SINK, bounded(withSecrets(deployment, deployment.sink(), "api.")));
        deployment
                .raw()
                .ifPresent(raw -> connectors.put(Deployment.RAW_SINK, bounded(withSecrets(deployment, raw, "api."))));
        deployment
                .recordings()
                .ifPresent(found -> connectors.put(Deployment.RECORDING_SINK, uploading(deployment, found)));
        if (!deployment.source().isEmpty()) {
            connectors.put(Deployment.SOURCE, rewinding(withSecrets(deployment, deployment.source(), "database.")));
        }
        if (!deployment.files().isEmpty()) {
            connectors.put(Deployment.FILES, rewinding(deployment.files()));
        }
        if (!deployment.manager().isEmpty()) {
            connectors.put(Deployment.MANAGER, withSecrets(deployment, deployment.manager(), "ami."));
        }
        deployment.recordings().ifPresent(found -> connectors.put(Deployment.RECORDINGS, finding(found)));
        return connectors;
    }

    /** While the API is away sinks hold as much as they may: that has to fit into a small process, too. */
    private static Map<String, String> bounded(Map<String, String> sink) {
        sink.put(
                QUEUED_BYTES,
                Long.toString(Math.min(MOST_QUEUED, Runtime.getRuntime().maxMemory() / 8)));
        return sink;
    }

    private Map<String, String> uploading(Deployment deployment, Recordings recordings) {
        Map<String, String> complete = withSecrets(deployment, recordings.sink(), "api.");
        complete.put("kafka.bootstrap.servers", broker.bootstrapServers());
        return complete;
    }

    private Map<String, String> finding(Recordings recordings) {
        Map<String, String> complete = new HashMap<>(recordings.source());
        complete.put("kafka.bootstrap.servers", broker.bootstrapServers());
        complete.put("state.directory", data.recordings().toString());
        return complete;
    }

    private Map<String, String> rewinding(Map<String, String> source) {
        Map<String, String> complete = new HashMap<>(source);
        complete.put(DataDirectory.REWIND_BEFORE, reference(DataDirectory.REWIND_BEFORE));
        return complete;
    }

    private Map<String, String> withSecrets(Deployment deployment, Map<String, String> config, String prefix) {
        Map<String, String> complete = new HashMap<>(config);
        deployment.secrets().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> complete.put(name, reference(name)));
        return complete;
    }

    private String reference(String secret) {
        return "${file:" + data.runSettings() + ":" + secret + "}";
    }

    private static List<String> faults(List<SettingError> errors) {
        List<String> faults = new ArrayList<>();
        for (SettingError error : errors) {
            error.messages().forEach(message -> faults.add(Deployment.variableOf(error.setting()) + ": " + message));
        }
        return faults;
    }

    /** An earlier run may have had it: the worker would start it again. */
    private static void remove(ConnectRest rest, String connector) throws Exception {
        ConnectRest.Answer answer = rest.delete(connector);
        if (!answer.isSuccess() && answer.status() != NOT_FOUND) {
            throw new IllegalStateException("the worker does not remove the connector " + connector + ": "
                    + answer.body().path("message").asText());
        }
    }

    private static void put(ConnectRest rest, String connector, Map<String, String> config) throws Exception {
        ConnectRest.Answer answer = rest.put(connector, config);
        if (!answer.isSuccess()) {
            throw new IllegalStateException("the worker refused the connector " + connector + ": "
                    + answer.body().path("message").asText());
        }
    }
}
