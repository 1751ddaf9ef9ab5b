package com.sipstack.asterisk.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What the HTTP client alone can do: posts bodies that are ready, so many at a time, and does nothing else. */
public final class BareLoop {
    private static final MediaType JSON = MediaType.get("application/json");

    private final URI address;
    private final int concurrency;
    private final OkHttpClient http;

    public BareLoop(URI address, int concurrency) {
        this.address = address;
        this.concurrency = concurrency;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(concurrency);
        dispatcher.setMaxRequestsPerHost(concurrency);
        this.http = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** Returns how many seconds it took to have all accepted. */
    public double post(List<byte[]> bodies) throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        AtomicReference<String> fault = new AtomicReference<>();
        long start = System.nanoTime();
        for (byte[] body : bodies) {
            free.acquire();
            http.newCall(request(body)).enqueue(new Release(free, fault));
        }
        free.acquire(concurrency);
        double seconds = (System.nanoTime() - start) / 1e9;
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        if (fault.get() != null) {
            throw new IllegalStateException("a request of the bare loop failed: " + fault.get());
        }
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

    /** Makes room for the next request, or remembers why there must be none. */
    private record Release(Semaphore free, AtomicReference<String> fault) implements Callback {
        @Override
        public void onResponse(Call call, Response response) throws IOException {
            try (response) {
                if (!response.isSuccessful()) {
                    fault.set(response.body().string());
                }
            }
            free.release();
        }

        @Override
        public void onFailure(Call call, IOException cause) {
            fault.set(cause.toString());
            free.release();
        }
    }
}
