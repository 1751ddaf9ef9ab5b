package com.sipstack.asterisk.allinone.doctor;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks the HTTP interfaces of our own cluster's parts. */
final class Http {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectTimeout(LIMIT)
            .readTimeout(LIMIT)
            .followRedirects(false)
            .build();

    /** An answer. */
    record Answer(int status, String body) {}

    /** @param address may name user and password, {@code http://user:password@host} */
    Answer get(HttpUrl address) throws IOException {
        Request.Builder request = new Request.Builder().url(address).header("Accept", "application/json");
        if (!address.username().isEmpty()) {
            request.header("Authorization", Credentials.basic(address.username(), address.password()));
        }
        try (Response response = client.newCall(request.build()).execute()) {
            return new Answer(response.code(), response.body().string());
        }
    }

    /** For people: without user and password. */
    static String place(HttpUrl address) {
        return address.newBuilder().username("").password("").build().toString().replaceFirst("/$", "");
    }
}
