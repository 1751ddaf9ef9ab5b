package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Service;
import com.sipstack.asterisk.model.ProductVersion;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Credentials;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;

/** Asks the API harmless questions, and watches how they get there. For one thread. */
final class ApiProbe implements Closeable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl url;
    private final String key;
    private final Way way = new Way();
    private final OkHttpClient client;

    private ApiProbe(HttpUrl url, Service target) throws IOException {
        this.url = url;
        this.key = target.key();
        HandshakeCertificates trusted = TrustedAuthorities.of(target.authorities());
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .callTimeout(LIMIT)
                .followRedirects(false)
                .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
                .eventListener(way);
        target.proxy().ifPresent(proxy -> use(builder, URI.create(proxy), target));
        client = builder.build();
    }

    /** @throws IOException if the file with certificates cannot be read */
    static ApiProbe open(HttpUrl url, Service target) throws IOException {
        return new ApiProbe(url, target);
    }

    /** Returns the HTTP status of {@code GET /health}, with the key or without any. */
    int health(boolean withKey) throws IOException {
        Request.Builder request = request("health");
        return status(withKey ? identified(request) : request);
    }

    /** Returns the HTTP status of a batch of raw records without any record. */
    int emptyBatch() throws IOException {
        return status(identified(request("mqs/connectors/asterisk/cdr"))
                .header("X-Asterisk-Hostname", "sipstack-doctor")
                .post(RequestBody.create("[]".getBytes(StandardCharsets.UTF_8), JSON)));
    }

    /** The addresses that the name has; none if a proxy looks them up. */
    List<String> addresses() {
        return way.addresses;
    }

    /** What the API, or who stands before it, says it is. */
    Optional<X509Certificate> certificate() {
        return Optional.ofNullable(way.handshake)
                .flatMap(handshake -> handshake.peerCertificates().stream().findFirst())
                .map(X509Certificate.class::cast);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private int status(Request.Builder request) throws IOException {
        try (Response response = client.newCall(request.build()).execute()) {
            return response.code();
        }
    }

    private Request.Builder request(String path) {
        return new Request.Builder()
                .url(url.newBuilder().addPathSegments(path).build())
                .header("User-Agent", "sipstack-connect-asterisk/" + ProductVersion.CURRENT);
    }

    private Request.Builder identified(Request.Builder request) {
        return request.header("Authorization", "Bearer " + key);
    }

    private static void use(OkHttpClient.Builder builder, URI proxy, Service target) {
        builder.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort())));
        if (!target.proxyUser().isEmpty()) {
            builder.proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
                    ? null
                    : response.request()
                            .newBuilder()
                            .header(
                                    "Proxy-Authorization",
                                    Credentials.basic(target.proxyUser(), target.proxyPassword()))
                            .build());
        }
    }

    /** On the thread that asks. */
    private final class Way extends EventListener {
        private List<String> addresses = List.of();
        private Handshake handshake;

        @Override
        public void dnsEnd(Call call, String domainName, List<InetAddress> found) {
            if (domainName.equals(url.host())) {
                addresses = found.stream().map(InetAddress::getHostAddress).toList();
            }
        }

        @Override
        public void secureConnectEnd(Call call, Handshake done) {
            handshake = done;
        }
    }
}
