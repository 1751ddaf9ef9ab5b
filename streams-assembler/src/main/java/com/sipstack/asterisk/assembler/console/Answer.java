package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a request is answered. Immutable. */
final class Answer {
    /** Nothing but our own files runs, loads or frames: whatever a caller called himself stays text. */
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=()");

    private final int status;
    private final String type;
    private final byte[] body;

    /** @param type the body's media type */
    Answer(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body.clone();
    }

    static Answer json(Object value) {
        return new Answer(200, "application/json", ConsoleJson.bytes(value));
    }

    static Answer fault(int status, String reason) {
        return new Answer(status, "application/json", ConsoleJson.bytes(Map.of("error", reason)));
    }

    static Answer notFound(String what) {
        return fault(404, what);
    }

    /** Sets what every answer has. */
    static void secure(Headers headers) {
        SECURITY.forEach(headers::set);
    }

    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        secure(headers);
        headers.set("Content-Type", type);
        headers.set("Cache-Control", type.equals("application/json") ? "no-store" : "no-cache");
        if (status == 401) {
            headers.set("WWW-Authenticate", "Basic realm=\"SIPSTACK console\", charset=\"UTF-8\"");
        }
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }
}
