package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Call;
import okio.ByteString;

/** The SIPSTACK API's endpoint for raw records. Safe for any thread. */
final class RawApi implements AutoCloseable {
    private static final Set<Integer> ACCEPTED = Set.of(200, 201, 202, 204);

    private final ApiConfig config;
    private final ApiClient client;

    /** @param maxInFlight how many requests may be under way */
    RawApi(ApiConfig config, int maxInFlight, Clock clock) {
        this.config = config;
        this.client = new ApiClient(config, maxInFlight, ACCEPTED, clock);
    }

    /**
     * Sends a batch and returns at once.
     *
     * @param outcome told on a thread of the HTTP client
     * @return the attempt, to cancel
     */
    Call post(RawBatch batch, Consumer<Delivery> outcome) {
        ByteString body = batch.body();
        return client.post(
                new ApiRequest(
                        config.rawUrl(),
                        Optional.of(batch.hostname()),
                        batch.idempotencyKey(body),
                        client.json(body),
                        Duration.ZERO),
                outcome);
    }

    @Override
    public void close() {
        client.close();
    }
}
