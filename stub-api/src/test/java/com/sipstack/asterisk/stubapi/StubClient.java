package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A client that keeps the contract, until a test makes it break one rule. */
final class StubClient {
    static final MediaType JSON = MediaType.get("application/json");
    static final String KEY = "sk_0123456789abcdef0123456789abcdef";
    static final String CALLS = "/v1/mqs/connectors/asterisk/calls";
    static final String RAW = "/v1/mqs/connectors/asterisk/cdr";

    private final OkHttpClient http;
    private final URI base;

    private StubClient(StubApi stub, OkHttpClient http) {
        this.base = stub.uri();
        this.http = http;
    }

    static StubClient of(StubApi stub) {
        return new StubClient(stub, client().build());
    }

    static StubClient http2(StubApi stub) {
        return new StubClient(
                stub, client().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build());
    }

    /** Without silent retries, so that a test sees each fault. */
    private static OkHttpClient.Builder client() {
        return new OkHttpClient.Builder().retryOnConnectionFailure(false).callTimeout(Duration.ofSeconds(20));
    }

    /** What came back. */
    record Reply(int status, JsonNode body, Protocol protocol, Optional<String> retryAfter, Optional<String> allow) {
        String error() {
            return body.path("error").asText();
        }
    }

    Request.Builder request(String path) {
        return new Request.Builder()
                .url(base.resolve(path).toString())
                .header("Authorization", "Bearer " + KEY)
                .header("User-Agent", "sipstack-connect/0.1.0")
                .header("X-Asterisk-Hostname", "pbx1");
    }

    Reply send(Request.Builder request) throws IOException {
        try (Response response = http.newCall(request.build()).execute()) {
            return new Reply(
                    response.code(),
                    Json.MAPPER.readTree(response.body().bytes()),
                    response.protocol(),
                    Optional.ofNullable(response.header("Retry-After")),
                    Optional.ofNullable(response.header("Allow")));
        }
    }

    Reply get(String path) throws IOException {
        return send(request(path));
    }

    Reply delete(String path) throws IOException {
        return send(request(path).delete());
    }

    Reply post(String path, String json) throws IOException {
        return send(request(path).post(body(json)));
    }

    Reply post(String path, JsonNode json) throws IOException {
        return post(path, json.toString());
    }

    Reply ship(JsonNode document) throws IOException {
        return post(CALLS, document);
    }

    Reply ship(JsonNode document, String idempotencyKey) throws IOException {
        return send(request(CALLS).header("Idempotency-Key", idempotencyKey).post(body(document.toString())));
    }

    /** A body whose Content-Type carries no charset. */
    static RequestBody body(String json) {
        return RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }
}
