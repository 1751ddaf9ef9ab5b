package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Call;

/** The SIPSTACK API's endpoint for call documents. Safe for any thread. */
final class CallApi implements AutoCloseable {
    private static final Set<Integer> ACCEPTED = Set.of(200, 201, 202);

    private final ApiConfig config;
    private final Clock clock;
    private final ApiClient client;

    /** @param maxInFlight how many documents may be under way */
    CallApi(ApiConfig config, int maxInFlight, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.client = new ApiClient(config, maxInFlight, ACCEPTED, clock);
    }

    /**
     * Sends a document and returns at once.
     *
     * @param outcome told on a thread of the HTTP client
     * @return the attempt, to cancel
     */
    Call post(OutboundDocument document, Consumer<Delivery> outcome) {
        return client.post(
                new ApiRequest(
                        config.callsUrl(),
                        Optional.of(document.hostname()),
                        document.idempotencyKey(),
                        client.json(document.shippedAt(clock.instant())),
                        Duration.ZERO),
                outcome);
    }

    @Override
    public void close() {
        client.close();
    }
}
