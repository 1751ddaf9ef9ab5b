package com.sipstack.asterisk.allinone;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts tasks again that have failed, which Connect leaves to its operators: a shop with one PBX has none. Waits longer after each
 * failure, until one has run well for long, and says what went wrong.
 */
public final class ConnectorGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectorGuard.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ConnectRest rest;
    private final List<String> connectors;
    private final Duration interval;
    private final Map<String, RestartPlan> plans = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "connector-guard");

    private ConnectorGuard(ConnectRest rest, List<String> connectors, Duration interval) {
        this.rest = rest;
        this.connectors = connectors;
        this.interval = interval;
        thread.setDaemon(true);
    }

    public static ConnectorGuard start(ConnectRest rest, List<String> connectors) {
        return start(rest, connectors, INTERVAL);
    }

    /** @param interval from one look to the next */
    static ConnectorGuard start(ConnectRest rest, List<String> connectors, Duration interval) {
        ConnectorGuard guard = new ConnectorGuard(rest, connectors, interval);
        guard.thread.start();
        return guard;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(interval.toMillis());
                for (String connector : connectors) {
                    look(connector);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String connector) throws InterruptedException {
        try {
            look(connector, rest.status(connector), plans.computeIfAbsent(connector, name -> new RestartPlan()));
        } catch (IOException e) {
            log.warn("The Connect worker does not answer: {}", Reason.of(e));
        }
    }

    private void look(String connector, ConnectRest.Answer status, RestartPlan plan)
            throws IOException, InterruptedException {
        String failure = failure(status.body());
        if (failure != null && plan.isDue()) {
            log.error("{} failed and is started again ({}. time): {}", connector, plan.restarts(), failure);
            rest.send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", null);
        } else if (failure == null && status.isSuccess()) {
            plan.runs();
        }
    }

    /** What a failed task's or connector's trace says; null if nothing failed. */
    private static String failure(JsonNode status) {
        if (status.path("connector").path("state").asText().equals("FAILED")) {
            return Reason.ofTrace(status.path("connector").path("trace").asText());
        }
        for (JsonNode task : status.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                return Reason.ofTrace(task.path("trace").asText());
            }
        }
        return null;
    }
}
