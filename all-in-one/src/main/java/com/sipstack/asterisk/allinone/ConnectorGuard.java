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
 * failure, and says what went wrong.
 */
public final class ConnectorGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectorGuard.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int LONGEST_WAIT = 60;

    private final ConnectRest rest;
    private final List<String> connectors;
    private final Map<String, Integer> restarts = new HashMap<>();
    private final Map<String, Integer> wait = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "connector-guard");

    private ConnectorGuard(ConnectRest rest, List<String> connectors) {
        this.rest = rest;
        this.connectors = connectors;
        thread.setDaemon(true);
    }

    public static ConnectorGuard start(ConnectRest rest, List<String> connectors) {
        ConnectorGuard guard = new ConnectorGuard(rest, connectors);
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
                Thread.sleep(INTERVAL.toMillis());
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
            String failure = failure(rest.status(connector).body());
            if (failure != null && wait.merge(connector, -1, Integer::sum) < 0) {
                int times = restarts.merge(connector, 1, Integer::sum);
                wait.put(connector, Math.min(LONGEST_WAIT, 1 << Math.min(times, 6)));
                log.error("{} failed and is started again ({}. time): {}", connector, times, failure);
                rest.send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", null);
            }
        } catch (IOException e) {
            log.warn("The Connect worker does not answer: {}", Reason.of(e));
        }
    }

    /** The first line of a failed task's or connector's trace; null if nothing failed. */
    private static String failure(JsonNode status) {
        if (status.path("connector").path("state").asText().equals("FAILED")) {
            return firstLine(status.path("connector"));
        }
        for (JsonNode task : status.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                return firstLine(task);
            }
        }
        return null;
    }

    private static String firstLine(JsonNode failed) {
        return failed.path("trace")
                .asText("no reason given")
                .lines()
                .findFirst()
                .orElse("no reason given");
    }
}
