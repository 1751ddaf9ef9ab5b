package com.sipstack.asterisk.sink;

import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

/** Makes HTTP clients that reach the API as it was configured: HTTP/2 where the server offers it, certificates always verified. */
final class HttpClients {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private HttpClients() {}

    /**
     * @param timeout of a whole call: connect, send, wait, receive
     * @param maxInFlight how many requests may be under way
     */
    static OkHttpClient of(Duration timeout, ConnectionConfig connection, int maxInFlight) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .dispatcher(dispatcher(maxInFlight))
                .connectionPool(new ConnectionPool(maxInFlight, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
                .callTimeout(timeout)
                // Of moments in which nothing moves: a long upload may be given more time as a whole
                .readTimeout(timeout)
                .writeTimeout(timeout)
                // Without pings a dead HTTP/2 connection stays in the pool for as long as it is used
                .pingInterval(PING_INTERVAL)
                .followRedirects(false)
                .followSslRedirects(false);
        connection.proxy().ifPresent(proxy -> route(client, proxy));
        secure(client, connection.tls());
        return client.build();
    }

    /** Ends what is under way and lets go of all connections. */
    static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static Dispatcher dispatcher(int maxInFlight) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(maxInFlight);
        dispatcher.setMaxRequestsPerHost(maxInFlight);
        return dispatcher;
    }

    private static void route(OkHttpClient.Builder client, HttpProxy proxy) {
        client.proxy(new Proxy(Proxy.Type.HTTP, proxy.address()));
        if (!proxy.user().isEmpty()) {
            client.proxyAuthenticator(credentials(proxy));
        }
    }

    private static Authenticator credentials(HttpProxy proxy) {
        String basic = Credentials.basic(proxy.user(), proxy.password().value());
        return (route, response) -> response.request().header(PROXY_AUTHORIZATION) != null
                ? null // refused already
                : response.request()
                        .newBuilder()
                        .header(PROXY_AUTHORIZATION, basic)
                        .build();
    }

    private static void secure(OkHttpClient.Builder client, TlsFiles tls) {
        if (!tls.isEmpty()) {
            HandshakeCertificates certificates = tls.read();
            client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
        }
    }
}
