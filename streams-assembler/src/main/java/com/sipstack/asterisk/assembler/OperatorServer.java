package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.console.WatchedPool;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an operator asks over HTTP: {@code /health} whether it lives, {@code /ready} whether it works, {@code /metrics} what it counts.
 * 200 for yes, 503 for no, with the reasons. A few threads of its own answer: whoever connects and says nothing keeps nobody from it.
 */
final class OperatorServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUESTS_AT_ONCE = 16;
    private static final String METRICS_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final WatchedPool answering = new WatchedPool("operator", REQUESTS_AT_ONCE);

    private OperatorServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param lives why it does not; empty if it does
     * @param works why it does not; empty if it does
     * @param metrics in Prometheus's text format
     * @throws IOException if the address cannot be bound; names it
     */
    static OperatorServer start(
            InetSocketAddress address,
            Supplier<List<String>> lives,
            Supplier<List<String>> works,
            Supplier<String> metrics)
            throws IOException {
        OperatorServer server = new OperatorServer(bind(address));
        server.server.createContext("/health", exchange -> answer(exchange, lives.get()));
        server.server.createContext("/ready", exchange -> answer(exchange, works.get()));
        server.server.createContext("/metrics", exchange -> answer(exchange, 200, METRICS_FORMAT, metrics.get()));
        server.server.setExecutor(server.answering);
        server.server.start();
        return server;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        answering.close();
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "the address " + address + " for health and metrics cannot be had: " + e.getMessage(), e);
        }
    }

    private static void answer(HttpExchange exchange, List<String> reasons) throws IOException {
        Map<String, Object> body =
                reasons.isEmpty() ? Map.of("status", "up") : Map.of("status", "down", "reasons", reasons);
        answer(exchange, reasons.isEmpty() ? 200 : 503, "application/json", JSON.writeValueAsString(body) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }
}
