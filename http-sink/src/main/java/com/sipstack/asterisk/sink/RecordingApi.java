package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Call;

/** The SIPSTACK API's endpoint for recordings. Safe for any thread. */
final class RecordingApi implements AutoCloseable {
    private static final Set<Integer> ACCEPTED = Set.of(200, 201, 202);

    private final ApiConfig config;
    private final RecordingQueueConfig queue;
    private final ApiClient client;

    RecordingApi(ApiConfig config, RecordingQueueConfig queue, Clock clock) {
        this.config = config;
        this.queue = queue;
        this.client = new ApiClient(config, queue.maxInFlight(), ACCEPTED, clock);
    }

    /**
     * Sends a recording and returns at once.
     *
     * @param outcome told on a thread of the HTTP client
     * @return the attempt, to cancel
     */
    Call post(OutboundRecording recording, AudioBody audio, Consumer<Delivery> outcome) {
        return client.post(
                new ApiRequest(
                        config.recordingUrl(),
                        Optional.of(recording.ready().hostname()),
                        recording.idempotencyKey(),
                        client.packed(recording.form(audio)),
                        queue.allowance(audio.contentLength())),
                outcome);
    }

    @Override
    public void close() {
        client.close();
    }
}
