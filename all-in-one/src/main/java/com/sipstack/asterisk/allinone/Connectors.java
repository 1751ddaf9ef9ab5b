package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.ConnectRest.SettingError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of a deployment, told where this process has its broker, its secrets and its folders. */
final class Connectors {
    private static final Logger log = LoggerFactory.getLogger(Connectors.class);

    private static final String QUEUED_BYTES = "max.queued.bytes";
    private static final long MOST_QUEUED = 64L << 20;
    private static final int NOT_FOUND = 404;

    private final Deployment deployment;
    private final DataDirectory data;
    private final String bootstrapServers;
    private final Map<String, Map<String, String>> connectors;

    Connectors(Deployment deployment, DataDirectory data, String bootstrapServers) {
        this.deployment = deployment;
        this.data = data;
        this.bootstrapServers = bootstrapServers;
        this.connectors = configured();
    }

    /** In the order of their start. */
    List<String> names() {
        return List.copyOf(connectors.keySet());
    }

    /**
     * Has the worker run them, and no others.
     *
     * @throws SettingsException if a connector refuses its settings, unless it runs already and took the same ones before; names the user's variables
     */
    void deploy(ConnectRest rest) throws Exception {
        Map<String, String> taken = new HashMap<>();
        Set<String> faults = new LinkedHashSet<>();
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            List<String> told = faults(rest.validate(connector.getKey(), connector.getValue()));
            String fingerprint = fingerprint(connector.getValue());
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
    private String fingerprint(Map<String, String> config) throws GeneralSecurityException {
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
    private Map<String, Map<String, String>> configured() {
        Map<String, Map<String, String>> configured = new LinkedHashMap<>();
        configured.put(Deployment.SINK, bounded(withSecrets(deployment.sink(), "api.")));
        deployment.raw().ifPresent(raw -> configured.put(Deployment.RAW_SINK, bounded(withSecrets(raw, "api."))));
        deployment.recordings().ifPresent(found -> configured.put(Deployment.RECORDING_SINK, uploading(found)));
        if (!deployment.source().isEmpty()) {
            configured.put(Deployment.SOURCE, rewinding(withSecrets(deployment.source(), "database.")));
        }
        if (!deployment.files().isEmpty()) {
            configured.put(Deployment.FILES, rewinding(deployment.files()));
        }
        if (!deployment.manager().isEmpty()) {
            configured.put(Deployment.MANAGER, withSecrets(deployment.manager(), "ami."));
        }
        deployment.recordings().ifPresent(found -> configured.put(Deployment.RECORDINGS, finding(found)));
        return configured;
    }

    /** While the API is away sinks hold as much as they may: that has to fit into a small process, too. */
    private static Map<String, String> bounded(Map<String, String> sink) {
        sink.put(
                QUEUED_BYTES,
                Long.toString(Math.min(MOST_QUEUED, Runtime.getRuntime().maxMemory() / 8)));
        return sink;
    }

    private Map<String, String> uploading(Recordings recordings) {
        Map<String, String> complete = withSecrets(recordings.sink(), "api.");
        complete.put("kafka.bootstrap.servers", bootstrapServers);
        return complete;
    }

    private Map<String, String> finding(Recordings recordings) {
        Map<String, String> complete = new HashMap<>(recordings.source());
        complete.put("kafka.bootstrap.servers", bootstrapServers);
        complete.put("state.directory", data.recordings().toString());
        return complete;
    }

    private Map<String, String> rewinding(Map<String, String> source) {
        Map<String, String> complete = new HashMap<>(source);
        complete.put(DataDirectory.REWIND_BEFORE, reference(DataDirectory.REWIND_BEFORE));
        return complete;
    }

    private Map<String, String> withSecrets(Map<String, String> config, String prefix) {
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
