package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/** Speaks to the SIPSTACK API for any of our sinks: who we are, how it is reached, and what its answers mean. Safe for any thread. */
final class ApiClient implements AutoCloseable {
    static final String USER_AGENT = "SIPSTACK-Connect-Asterisk/" + ProductVersion.CURRENT;

    private static final MediaType JSON = MediaType.get("application/json");

    private final ApiConfig config;
    private final DeliveryClassifier classifier;
    private final OkHttpClient http;

    /**
     * @param maxInFlight how many requests may be under way
     * @param accepted the statuses by which the API takes what is posted
     */
    ApiClient(ApiConfig config, int maxInFlight, Set<Integer> accepted, Clock clock) {
        this.config = config;
        this.classifier = new DeliveryClassifier(accepted, clock);
        this.http = HttpClients.of(config.timeout(), config.connection(), maxInFlight);
    }

    /**
     * Sends a request and returns at once.
     *
     * @param outcome told on a thread of the HTTP client
     * @return the attempt, to cancel
     */
    Call post(ApiRequest request, Consumer<Delivery> outcome) {
        Call call = http.newCall(http(request));
        call.timeout().timeout(config.timeout().plus(request.allowance()).toMillis(), TimeUnit.MILLISECONDS);
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response response) {
                outcome.accept(classify(response));
            }

            @Override
            public void onFailure(Call failed, IOException cause) {
                outcome.accept(classifier.unanswered(cause));
            }
        });
        return call;
    }

    /** Who we are, on every request. */
    static Request.Builder identified(ApiConfig config) {
        return new Request.Builder()
                .header("Authorization", "Bearer " + config.key().value())
                .header("User-Agent", USER_AGENT);
    }

    private Request http(ApiRequest request) {
        Request.Builder http = identified(config)
                .url(request.url())
                .header("Idempotency-Key", HeaderText.of(request.idempotencyKey()));
        request.hostname().ifPresent(name -> http.header("X-Asterisk-Hostname", HeaderText.of(name)));
        config.connection().compression().encoding().ifPresent(encoding -> http.header("Content-Encoding", encoding));
        return http.post(request.body()).build();
    }

    /** JSON as it goes out. */
    RequestBody json(ByteString json) {
        return RequestBody.create(config.connection().compression().encode(json), JSON);
    }

    /** A body that need not fit into memory, as it goes out. */
    RequestBody packed(RequestBody body) {
        return config.connection().compression().pack(body);
    }

    private Delivery classify(Response response) {
        try (response) {
            return classifier.answered(response.code(), response.headers(), () -> excerpt(response));
        }
    }

    /** The beginning of a body; what the status said stands, even if the body does not come whole. */
    private static String excerpt(Response response) {
        try {
            // In UTF-8 a character has up to 4 bytes
            return response.peekBody(4L * Failure.LONGEST_BODY).string();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        HttpClients.close(http);
    }
}
