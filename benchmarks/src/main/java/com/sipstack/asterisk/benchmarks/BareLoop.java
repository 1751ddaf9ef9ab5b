package com.sipstack.asterisk.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Semaphore;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What the HTTP client alone can do: posts bodies that are ready, so many at a time, and does nothing else. */
final class BareLoop {
    private static final MediaType JSON = MediaType.get("application/json");

    private final URI address;
    private final int concurrency;
    private final OkHttpClient http;

    BareLoop(URI address, int concurrency) {
        this.address = address;
        this.concurrency = concurrency;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(concurrency);
        dispatcher.setMaxRequestsPerHost(concurrency);
        this.http = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** Returns how many seconds it took to have all accepted. */
    double post(List<byte[]> bodies) throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        long start = System.nanoTime();
        for (byte[] body : bodies) {
            free.acquire();
            http.newCall(request(body)).enqueue(new Release(free));
        }
        free.acquire(concurrency);
        double seconds = (System.nanoTime() - start) / 1e9;
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        return seconds;
    }

    private Request request(byte[] body) {
        return new Request.Builder()
                .url(address.toString())
                .header("Authorization", "Bearer " + SinkBenchmark.API_KEY)
                .header("User-Agent", "benchmark/1")
                .header("X-Asterisk-Hostname", "pbx1")
                .post(RequestBody.create(body, JSON))
                .build();
    }

    /** Fails the whole run if one request does. */
    private record Release(Semaphore free) implements Callback {
        @Override
        public void onResponse(Call call, Response response) throws IOException {
            try (response) {
                if (!response.isSuccessful()) {
                    throw new IllegalStateException(response.body().string());
                }
                free.release();
            }
        }

        @Override
        public void onFailure(Call call, IOException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
