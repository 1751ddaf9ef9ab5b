package com.sipstack.asterisk.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** What we need of a Connect worker's REST API. */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI worker;

    public ConnectRest(URI worker) {
        this.worker = worker;
    }

    /** The answer to a request. */
    public record Answer(int status, JsonNode body) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** A setting that the worker refused, and why. */
    public record SettingError(String setting, List<String> messages) {}

    /** Waits until the worker takes requests. */
    public void awaitReady(Duration limit) throws IOException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Connect worker at " + worker + " was not ready within " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Creates the connector, or gives it this configuration. */
    public Answer put(String connector, Map<String, String> config) throws IOException, InterruptedException {
        return send("PUT", "/connectors/" + connector + "/config", config);
    }

    public Answer status(String connector) throws IOException, InterruptedException {
        return send("GET", "/connectors/" + connector + "/status", null);
    }

    public Answer delete(String connector) throws IOException, InterruptedException {
        return send("DELETE", "/connectors/" + connector, null);
    }

    /** The settings that the connector's {@code validate} refuses; empty if it would accept them all. */
    public List<SettingError> validate(String connector, Map<String, String> config)
            throws IOException, InterruptedException {
        Map<String, String> named = new HashMap<>(config);
        named.put("name", connector);
        String type = config.get("connector.class");
        Answer answer = send("PUT", "/connector-plugins/" + type + "/config/validate", named);
        if (!answer.isSuccess()) {
            throw new IOException("connector " + type + " cannot be validated: " + answer.body());
        }
        return StreamSupport.stream(answer.body().get("configs").spliterator(), false)
                .map(setting -> setting.get("value"))
                .filter(value -> !value.get("errors").isEmpty())
                .map(ConnectRest::settingError)
                .toList();
    }

    /** Any request; the body may be null. */
    public Answer send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send("GET", "/health", null).isSuccess();
        } catch (IOException e) {
            // Nobody listens yet, or the server does whose resources are not there yet: that answers with a page
            return false;
        }
    }

    private static SettingError settingError(JsonNode value) {
        return new SettingError(
                value.get("name").asText(),
                StreamSupport.stream(value.get("errors").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }
}
