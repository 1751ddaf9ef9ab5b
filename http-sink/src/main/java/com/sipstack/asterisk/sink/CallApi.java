package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The SIPSTACK API's endpoint for call documents. Safe for any thread. */
final class CallApi implements AutoCloseable {
    private static final String USER_AGENT = "SIPSTACK-Connect-Asterisk/" + ProductVersion.CURRENT;
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration PING_INTERVAL = Duration.ofSeconds(15);

    private final ApiConfig config;
    private final Clock clock;
    private final DeliveryClassifier classifier;
    private final OkHttpClient http;

    /** @param maxInFlight how many documents may be under way */
    CallApi(ApiConfig config, int maxInFlight, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.classifier = new DeliveryClassifier(clock);
        this.http = client(config.timeout(), maxInFlight);
    }

    private static OkHttpClient client(Duration timeout, int maxInFlight) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(maxInFlight);
        dispatcher.setMaxRequestsPerHost(maxInFlight);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .callTimeout(timeout)
                // The call's limit covers these two
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                // Without pings a dead HTTP/2 connection stays in the pool for as long as it is used
                .pingInterval(PING_INTERVAL)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /**
     * Sends a document and returns at once.
     *
     * @param outcome told on a thread of the HTTP client
     * @return the attempt, to cancel
     */
    Call post(OutboundDocument document, Consumer<Delivery> outcome) {
        Call call = http.newCall(request(document));
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

    private Request request(OutboundDocument document) {
        return new Request.Builder()
                .url(config.callsUrl())
                .header("Authorization", "Bearer " + config.key().value())
                .header("User-Agent", USER_AGENT)
                .header("X-Asterisk-Hostname", HeaderText.of(document.hostname()))
                .header("Idempotency-Key", HeaderText.of(document.idempotencyKey()))
                .post(RequestBody.create(document.shippedAt(clock.instant()), JSON))
                .build();
    }

    private Delivery classify(Response response) {
        try (response) {
            // In UTF-8 a character has up to 4 bytes
            String body = response.peekBody(4L * Failure.LONGEST_BODY).string();
            return classifier.answered(response.code(), response.headers(), body);
        } catch (IOException e) {
            return classifier.unanswered(e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
