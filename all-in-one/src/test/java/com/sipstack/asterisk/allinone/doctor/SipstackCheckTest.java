package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets.Service;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import com.sipstack.asterisk.stubapi.StubTls;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API on real sockets that enforces the contract, and others that do not. */
class SipstackCheckTest {
    private static final String KEY = "sk_" + "a1".repeat(16);
    private static final String OTHER_KEY = "sk_" + "b2".repeat(16);

    @Test
    void keyThatTheApiKnowsIsAccepted() throws Exception {
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withAcceptedKey(KEY))) {
            String byName = api.uri().toString().replace("127.0.0.1", "localhost");

            Found found = look(byName, KEY).hasNothingWorseThan(Severity.OK);

            assertThat(found.has(Severity.OK, "answers, at ").text()).contains("127.0.0.1");
            found.has(Severity.OK, "the key is accepted");
            assertThat(api.rawBatches()).as("what was shipped to find out").isEmpty();
            assertThat(api.calls()).isEmpty();
        }
    }

    @Test
    void keyThatTheApiDoesNotKnowIsRefused() throws Exception {
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withAcceptedKey(OTHER_KEY))) {
            Found found = look(api.uri().toString(), KEY);

            assertThat(found.has(Severity.ERROR, "the key is refused").remedy()).contains("API_KEY", "REGION");
            assertThat(found.toString()).doesNotContain(KEY);
        }
    }

    @Test
    void textThatIsNoKeyIsToldBeforeTheApiSaysSo() throws Exception {
        try (StubApi api = StubApi.start()) {
            look(api.uri().toString(), "change-me").has(Severity.WARNING, "has not the form of a key");
        }
    }

    @Test
    void apiThatFailsIsToldApartFromOneThatRefuses() throws Exception {
        try (StubApi api = StubApi.start()) {
            api.faults().add(Fault.status(503));

            look(api.uri().toString(), KEY).has(Severity.ERROR, "is not well: HTTP 503");
        }
    }

    @Test
    void apiThatTellsItsHealthToAnybodyIsAskedByAnEmptyBatch() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        try (OpenApi api = new OpenApi(KEY, 422, bodies)) {
            look(api.url(), KEY).has(Severity.OK, "the key is accepted");
            look(api.url(), OTHER_KEY).has(Severity.ERROR, "the key is refused");
        }
        assertThat(bodies).as("holds no record").containsOnly("[]");
    }

    @Test
    void answerThatSaysNothingOfTheKeyIsTakenForNone() throws Exception {
        try (OpenApi api = new OpenApi(KEY, 404, new CopyOnWriteArrayList<>())) {
            look(api.url(), KEY).has(Severity.NOTE, "cannot be told");
        }
    }

    @Test
    void nameWithoutAddressIsTold() throws Exception {
        look("https://api-us9.sipstack.invalid/v1", KEY).has(Severity.ERROR, "api-us9.sipstack.invalid has no address");
    }

    @Test
    void textThatIsNoAddressIsTold() throws Exception {
        assertThat(look("api-us1.sipstack.com", KEY)
                        .has(Severity.ERROR, "is no address")
                        .remedy())
                .contains("https://");
    }

    /** Linux takes this address for the machine itself. */
    @Test
    void keyThatLeavesTheMachineUnencryptedIsTold() throws Exception {
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withAcceptedKey(KEY))) {
            look(api.uri().toString().replace("127.0.0.1", "0.0.0.0"), KEY)
                    .has(Severity.WARNING, "travel in plain text");
        }
    }

    @Test
    @Tag("long")
    void apiThatDoesNotAnswerIsToldInTenSeconds() throws Exception {
        try (StubApi api = StubApi.start()) {
            api.faults().add(Fault.delay(Duration.ofSeconds(30)));

            look(api.uri().toString(), KEY).has(Severity.ERROR, "does not answer in time");
        }
    }

    @Test
    void portWhereNobodyListensIsTold() throws Exception {
        assertThat(look("http://127.0.0.1:" + FreePort.any() + "/v1", KEY)
                        .has(Severity.ERROR, "127.0.0.1")
                        .remedy())
                .contains("firewall");
    }

    @Test
    void certificateOfAStrangerIsNotTrustedUntilItsFileIsNamed(@TempDir Path folder) throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .duration(5, TimeUnit.DAYS)
                .build();
        var identity = new HandshakeCertificates.Builder().heldCertificate(own).build();
        Path file = Files.writeString(folder.resolve("ca.pem"), own.certificatePem());
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withTls(new StubTls(identity.sslContext(), false)))) {
            String url = api.uri().toString();

            assertThat(look(url, KEY).has(Severity.ERROR, url).remedy()).contains("API_CA_FILE");
            look(service(url, KEY, Optional.of(file))).has(Severity.WARNING, "the certificate is good for 4 days more");
        }
    }

    @Test
    void certificateThatIsGoodForLongIsInOrder(@TempDir Path folder) throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .duration(90, TimeUnit.DAYS)
                .build();
        var identity = new HandshakeCertificates.Builder().heldCertificate(own).build();
        Path file = Files.writeString(folder.resolve("ca.pem"), own.certificatePem());
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withTls(new StubTls(identity.sslContext(), false)))) {
            look(service(api.uri().toString(), KEY, Optional.of(file)))
                    .has(Severity.OK, "the certificate is trusted, for 89 days more");
        }
    }

    @Test
    void proxyWithoutAnAddressIsNotTakenForAnApiWithoutOne() throws Exception {
        Found found = look(new Service(
                "https://api-us1.sipstack.com/v1",
                KEY,
                Optional.of("http://proxy.invalid:3128"),
                "",
                "",
                Optional.empty()));

        assertThat(found.has(Severity.ERROR, "the proxy http://proxy.invalid:3128 has no address")
                        .remedy())
                .contains("HTTPS_PROXY");
    }

    private static Found look(String url, String key) throws Exception {
        return look(service(url, key, Optional.empty()));
    }

    private static Found look(Service service) throws Exception {
        return Found.by(new SipstackCheck(service, Clock.systemUTC()), Map.of("API_KEY", service.key()));
    }

    private static Service service(String url, String key, Optional<Path> authorities) {
        return new Service(url, key, Optional.empty(), "", "", authorities);
    }

    /** Tells anybody that it is well, and looks at keys where records arrive. */
    private static final class OpenApi implements AutoCloseable {
        private final HttpServer server;

        /** @param verdict on batches with the right key */
        OpenApi(String key, int verdict, List<String> bodies) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/health", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.createContext("/v1/mqs/connectors/asterisk/cdr", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                boolean isKnown =
                        ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(isKnown ? verdict : 401, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
