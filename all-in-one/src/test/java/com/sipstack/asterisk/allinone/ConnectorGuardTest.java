package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside a worker whose one connector fails eight times in a row, runs for long, and fails again. */
class ConnectorGuardTest {
    private static final int FAILURES = 8;
    private static final int LONG_RUN = 150;

    private final CountDownLatch restarted = new CountDownLatch(FAILURES + 2);
    private HttpServer worker;
    private int restarts;
    private int runs;
    private int looksAfterLongRun;

    @BeforeEach
    void startWorker() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/connectors/calls/status", this::tellStatus);
        worker.createContext("/connectors/calls/restart", this::restart);
        worker.start();
    }

    @AfterEach
    void stopWorker() {
        worker.stop(0);
    }

    @Test
    void aConnectorThatRanWellForLongIsStartedAgainSoon() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + worker.getAddress().getPort());
        try (ConnectorGuard guard =
                ConnectorGuard.start(new ConnectRest(address), List.of("calls"), Duration.ofMillis(1))) {
            assertThat(restarted.await(60, TimeUnit.SECONDS)).as("%s", guard).isTrue();
        }
        assertThat(looksAfterLongRun).isLessThan(10);
    }

    private synchronized void tellStatus(HttpExchange exchange) throws IOException {
        boolean isWell = restarts == FAILURES && runs < LONG_RUN;
        if (isWell) {
            runs++;
        } else if (restarts >= FAILURES) {
            looksAfterLongRun++;
        }
        answer(exchange, 200, """
                {"connector": {"state": "RUNNING"}, "tasks": [{"id": 0, "state": "%s", "trace": "out of luck"}]}""".formatted(isWell ? "RUNNING" : "FAILED"));
    }

    private synchronized void restart(HttpExchange exchange) throws IOException {
        restarts++;
        restarted.countDown();
        answer(exchange, 202, "{}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
