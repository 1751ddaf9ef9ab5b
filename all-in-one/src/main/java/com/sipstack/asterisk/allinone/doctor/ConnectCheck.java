package com.sipstack.asterisk.allinone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.allinone.Reason;
import com.sipstack.asterisk.model.ProductVersion;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;

/** Asks Connect workers for our plugins, connectors and tasks. */
final class ConnectCheck implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "com.sipstack.asterisk.";

    private final List<HttpUrl> workers;
    private final Http http = new Http();

    /** @param workers of one cluster */
    ConnectCheck(List<HttpUrl> workers) {
        this.workers = List.copyOf(workers);
    }

    @Override
    public Area area() {
        return Area.CONNECT;
    }

    @Override
    public void run(Findings out) {
        boolean isTold = false;
        for (HttpUrl worker : workers) {
            try {
                out.ok(Http.place(worker) + " runs Kafka "
                        + ask(worker, "").path("version").asText());
                tellPlugins(worker, out);
                if (!isTold) {
                    // Every worker knows all connectors
                    tellConnectors(ask(worker, "connectors?expand=status&expand=info"), out);
                    isTold = true;
                }
            } catch (IOException e) {
                out.error(
                        Http.place(worker) + " does not answer as a Connect worker: " + Reason.of(e),
                        "Is it running, and is --connect the address of its REST API (listeners)?");
            }
        }
    }

    private JsonNode ask(HttpUrl worker, String path) throws IOException {
        Http.Answer answer = http.get(worker.resolve("/" + path)
                .newBuilder()
                .username(worker.username())
                .password(worker.password())
                .build());
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status());
        }
        return JSON.readTree(answer.body());
    }

    private void tellPlugins(HttpUrl worker, Findings out) throws IOException {
        Map<String, Set<String>> classes = new TreeMap<>();
        for (JsonNode plugin : ask(worker, "connector-plugins")) {
            if (plugin.path("class").asText().startsWith(OURS)) {
                classes.computeIfAbsent(plugin.path("version").asText(), version -> new TreeSet<>())
                        .add(plugin.path("class").asText().replaceFirst(".*\\.", ""));
            }
        }
        if (classes.isEmpty()) {
            out.error(
                    Http.place(worker) + " has none of our plugins",
                    "Unpack the plugin archives into a folder of the worker's plugin.path, and start it again.");
        }
        classes.forEach((version, names) -> tellVersion(Http.place(worker), version, names, out));
    }

    private static void tellVersion(String worker, String version, Set<String> names, Findings out) {
        if (version.equals(ProductVersion.CURRENT)) {
            out.ok(worker + " has version " + version + " of " + String.join(", ", names));
        } else {
            out.warning(
                    worker + " has version " + version + " of " + String.join(", ", names) + ", and this is "
                            + ProductVersion.CURRENT,
                    "All workers, the assembler and this command should be of one version; neighbouring ones get along for the time"
                            + " of an upgrade.");
        }
    }

    private static void tellConnectors(JsonNode connectors, Findings out) {
        List<JsonNode> ours = StreamSupport.stream(connectors.spliterator(), false)
                .filter(connector ->
                        connector.path("info").path("config").toString().contains(OURS))
                .map(connector -> connector.path("status"))
                .toList();
        if (ours.isEmpty()) {
            out.warning("no connector of ours is there", "PUT one; README.md has examples.");
            return;
        }
        Set<String> workers = ours.stream()
                .flatMap(status -> status.findValuesAsText("worker_id").stream())
                .collect(Collectors.toCollection(TreeSet::new));
        out.ok("our connectors run on " + String.join(", ", workers));
        ours.forEach(status -> tellConnector(status, out));
    }

    private static void tellConnector(JsonNode status, Findings out) {
        String name = status.path("name").asText();
        tellState(name, name, status.path("connector"), "/connectors/" + name + "/restart", out);
        for (JsonNode task : status.path("tasks")) {
            String id = task.path("id").asText();
            tellState(name + ", task " + id, name, task, "/connectors/" + name + "/tasks/" + id + "/restart", out);
        }
        if (status.path("tasks").isEmpty()
                && status.path("connector").path("state").asText().equals("RUNNING")) {
            out.warning(name + " has no tasks", "It has just been made, or its configuration gives it nothing to do.");
        }
    }

    private static void tellState(String what, String connector, JsonNode part, String restart, Findings out) {
        String state = part.path("state").asText();
        switch (state) {
            case "RUNNING" -> out.ok(what + " is running");
            case "FAILED" ->
                out.error(
                        what + " has failed: "
                                + Reason.ofTrace(part.path("trace").asText()),
                        "When the cause is mended: POST " + restart);
            case "PAUSED", "STOPPED" ->
                out.warning(
                        what + " is " + state.toLowerCase(Locale.ROOT),
                        "PUT /connectors/" + connector + "/resume lets it go on.");
            default ->
                out.warning(
                        what + " is " + state.toLowerCase(Locale.ROOT),
                        "While tasks move between workers that is so for a moment.");
        }
    }
}
