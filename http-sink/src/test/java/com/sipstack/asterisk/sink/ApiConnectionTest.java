package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Retry;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to the API: TLS, HTTP/2, certificates, proxies, compression. */
class ApiConnectionTest {
    private static final String HERE = "127.0.0.1";

    @TempDir
    private Path folder;

    private final Certificates certificates = new Certificates();
    private StubApi api;

    @AfterEach
    void stop() {
        if (api != null) {
            api.close();
        }
    }

    @Test
    void overTlsTheApiIsSpokenToByHttp2() throws Exception {
        startTls(HERE, false);

        assertThat(deliver(trusting(Map.of()))).isInstanceOf(Accepted.class);
        assertThat(api.stats().http2Requests()).isEqualTo(1);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsAReasonToWait() throws Exception {
        startTls(HERE, false);

        assertUnreachable(deliver(Map.of()), "SSLHandshakeException");
        assertThat(api.stats().requests()).isZero();
    }

    @Test
    void aCertificateForAnotherHostIsAReasonToWait() throws Exception {
        startTls("elsewhere.example", false);

        assertUnreachable(deliver(trusting(Map.of())), "SSLPeerUnverifiedException");
        assertThat(api.stats().requests()).isZero();
    }

    @Test
    void aServerThatAsksWhoWeAreIsShownOurCertificate() throws Exception {
        startTls(HERE, true);
        Map<String, String> pem =
                Map.of("api.tls.client.file", certificates.clientPem(folder).toString());
        Map<String, String> store = Map.of(
                "api.tls.client.file",
                certificates.clientStore(folder, "open").toString(),
                "api.tls.client.password",
                "open");

        assertThat(deliver(trusting(pem))).isInstanceOf(Accepted.class);
        assertThat(deliver(trusting(store))).isInstanceOf(Accepted.class);
        assertThat(deliver(trusting(Map.of()))).isInstanceOf(Retry.class);
    }

    @Test
    void filesThatAreNoCertificatesAreRefusedByName() throws Exception {
        startTls(HERE, false);
        String nonsense =
                Files.writeString(folder.resolve("nonsense"), "nonsense").toString();
        String store = certificates.clientStore(folder, "open").toString();

        assertRefused(Map.of("api.tls.ca.file", nonsense), "holds no certificates");
        assertRefused(Map.of("api.tls.ca.file", folder.resolve("none").toString()), "cannot be read");
        assertRefused(Map.of("api.tls.client.file", nonsense), "is neither PEM");
        assertRefused(Map.of("api.tls.client.file", store, "api.tls.client.password", "wrong"), "is neither PEM");
    }

    @Test
    void aProxyThatAsksWhoWeAreIsTold() throws Exception {
        startTls(HERE, false);
        try (Tunnel tunnel = Tunnel.start("Basic " + base64("me:secret"))) {
            Map<String, String> known =
                    Map.of("api.proxy.url", tunnel.url(), "api.proxy.user", "me", "api.proxy.password", "secret");

            assertThat(deliver(trusting(known))).isInstanceOf(Accepted.class);
            assertThat(tunnel.opened).isPositive();
            assertThat(deliver(trusting(Map.of("api.proxy.url", tunnel.url())))).isInstanceOf(Retry.class);
        }
    }

    @Test
    void documentsTravelPackedIfAsked() throws Exception {
        api = StubApi.start();

        assertThat(deliver(Map.of("api.compression", "gzip"))).isInstanceOf(Accepted.class);
        assertThat(api.call("pbx-east.example", "1.1")).isPresent();
        assertThat(Compression.GZIP.encode(Calls.document("1.1", 1).json()).size())
                .isLessThan(Calls.document("1.1", 1).json().size());
    }

    @Test
    void anAcceptedDocumentIsAcceptedHoweverTheRestOfTheAnswerFares() throws Exception {
        api = StubApi.start();
        api.faults()
                .add(
                        Fault.drip(Duration.ofSeconds(60)).withTimes(1),
                        Fault.cutAnswer().withTimes(1));

        assertThat(deliver(Map.of())).isInstanceOf(Accepted.class);
        assertThat(deliver(Map.of())).isInstanceOf(Accepted.class);
        assertThat(api.stats().faultsInjected()).isEqualTo(2);
    }

    private void startTls(String name, boolean clientsKnown) {
        api = StubApi.start(StubApiConfig.defaults().withTls(certificates.api(name, clientsKnown)));
    }

    private Map<String, String> trusting(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("api.tls.ca.file", certificates.authorityPem(folder).toString());
        return all;
    }

    private Delivery deliver(Map<String, String> settings) throws Exception {
        CompletableFuture<Delivery> delivery = new CompletableFuture<>();
        try (CallApi calls = new CallApi(config(settings), 1, Clock.systemUTC())) {
            calls.post(Calls.document("1.1", 1), delivery::complete);
            return delivery.get(60, TimeUnit.SECONDS);
        }
    }

    private ApiConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("api.key", Calls.API_KEY);
        all.put("api.url", api.uri().toString());
        return new CallSinkConfig(all).api();
    }

    private static void assertUnreachable(Delivery delivery, String cause) {
        assertThat(delivery).isInstanceOfSatisfying(Retry.class, retry -> {
            assertThat(retry.trouble()).isEqualTo(Trouble.UNREACHABLE);
            assertThat(retry.failure().summary()).contains(cause);
        });
    }

    private void assertRefused(Map<String, String> settings, String why) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> deliver(settings))
                .withMessageContaining(why);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A real proxy that lets TLS through for those whom it knows. */
    private static final class Tunnel extends ConnectHandler implements AutoCloseable {
        private final Server server = new Server();
        private final ServerConnector connector = new ServerConnector(server);
        private final String credentials;
        private volatile int opened;

        private Tunnel(String credentials) {
            this.credentials = credentials;
        }

        static Tunnel start(String credentials) throws Exception {
            Tunnel tunnel = new Tunnel(credentials);
            tunnel.connector.setHost(HERE);
            tunnel.server.addConnector(tunnel.connector);
            tunnel.server.setHandler(tunnel);
            tunnel.server.start();
            return tunnel;
        }

        String url() {
            return "http://" + HERE + ":" + connector.getLocalPort();
        }

        @Override
        protected boolean handleAuthentication(Request request, Response response, String address) {
            boolean known = Objects.equals(request.getHeaders().get("Proxy-Authorization"), credentials);
            if (known) {
                opened = 1;
            } else {
                response.getHeaders().put("Proxy-Authenticate", "Basic realm=\"proxy\"");
            }
            return known;
        }

        @Override
        public void close() {
            LifeCycle.stop(server);
        }
    }
}
