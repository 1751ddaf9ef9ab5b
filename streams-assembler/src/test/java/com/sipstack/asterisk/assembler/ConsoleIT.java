package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two consoles of one assembler over HTTP: one for whoever is at the machine, one for whoever has a token. */
class ConsoleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PBX = "pbx-east";
    private static final String TOKEN = "look-and-do-not-touch";
    private static final String REPLAY_TOKEN = "touch-what-is-there";
    private static final String HOSTILE = "<script>alert(1)</script>\r\nX-Forged: yes\u202E";

    @TempDir
    static Path directory;

    private static ConsoleFixture fixture;
    private static URI open;
    private static URI guarded;
    private static HttpClient http;

    @BeforeAll
    static void startBothConsoles() throws Exception {
        fixture = ConsoleFixture.start(directory);
        Path keyStore = directory.resolve("console.p12");
        makeKeyStore(keyStore);
        open = URI.create("http://localhost:" + port(fixture.assemble(Map.of())) + "/");
        Assembler second = fixture.assemble(Map.of(
                "console.base.path",
                "/calls",
                "console.token",
                TOKEN,
                "console.replay.token",
                REPLAY_TOKEN,
                "console.tls.keystore",
                keyStore.toString(),
                "console.tls.keystore.password",
                "changeit"));
        guarded = URI.create("https://localhost:" + port(second) + "/calls/");
        http = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void everyInstanceTellsTheSameCallWholeWithItsRowsAndReasons() throws Exception {
        CallKey call = fixture.play(PBX, "inbound -> IVR -> queue support");
        for (URI console : new URI[] {open, guarded}) {
            JsonNode story = awaitCall(console, call);
            assertThat(story.at("/summary/state").asText()).isEqualTo("answered");
            assertThat(story.at("/document/queue/0/attempts").size()).isEqualTo(2);
            assertThat(story.get("rows_are_whole").asBoolean()).isTrue();
            assertThat(story.get("rows").size()).isGreaterThan(20);
            // The caller typed one in the menu, and it may have been a PIN
            assertThat(story.get("rows").findValuesAsText("eventtype"))
                    .contains("ANSWER")
                    .doesNotContain("DTMF");
            assertThat(story.at("/explain/queue").asText()).contains("ran Queue(support");
            assertThat(story.get("ladder").size()).isEqualTo(3);
            assertThat(story.get("revisions").size()).isPositive();
        }
        assertThat(get(open, "api/find?q=1647%20555%200107")
                        .at("/calls/0/linkedid")
                        .asText())
                .isEqualTo(call.linkedid());
    }

    @Test
    void aForgottenCallIsToldNoMoreThoughItsDocumentsAreNotYetCompactedAway() throws Exception {
        CallKey call = fixture.play(PBX, "internal extension");
        awaitCall(open, call);

        fixture.forget(call);

        String address = "api/call?pbx=" + call.pbx() + "&linkedid=" + call.linkedid();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        get(open, "api/find?q=" + call.linkedid()).get("calls").isEmpty());
        assertThat(send(open, address).statusCode()).isEqualTo(404);
    }

    @Test
    void aCallThatGoesOnIsToldByEvents() throws Exception {
        HttpResponse<Stream<String>> events =
                http.send(HttpRequest.newBuilder(open.resolve("api/events")).build(), BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            Iterator<String> line = lines.iterator();
            awaitLine(line, "event: ready");
            CallKey call = fixture.play("pbx-live", "ring group", Duration.ofMillis(900), UnaryOperator.identity());
            assertThat(awaitLine(line, call.linkedid())).contains("\"state\":\"ringing\"");
        }
        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    @Test
    void whoAsksForEventsAndDoesNotReadThemHoldsNobodyUp() throws Exception {
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), open.getPort())) {
            deaf.setReceiveBufferSize(1_024);
            deaf.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            CallKey call = fixture.play(PBX, "internal extension -> extension");
            awaitCall(open, call);
            assertThat(get(open, "api/board").at("/state/caught_up").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void whatACallerChoseToBeCalledIsDataAndNothingElse() throws Exception {
        CallKey call = fixture.play(PBX, "inbound trunk -> DID -> extension", Duration.ofDays(1), columns -> {
            columns.replace("cid_name", "John Smith", HOSTILE);
            return columns;
        });
        JsonNode story = awaitCall(open, call);
        assertThat(story.at("/summary/src_name").asText()).isEqualTo(HOSTILE);

        HttpResponse<String> answer = send(open, "api/find?q=" + call.linkedid());
        assertThat(answer.headers().firstValue("X-Forged")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void pbxsAreToldByTheirSourcesAndWhenTheyWereHeard() throws Exception {
        fixture.play("pbx-heard", "internal extension -> extension");
        fixture.send(ConsoleFixture.TOPICS.gaps(), "pbx-heard", "{}");
        Awaitility.await().atMost(LIMIT).until(() -> {
            JsonNode pbxs = get(open, "api/board").at("/state/pbxs");
            for (JsonNode pbx : pbxs) {
                if (pbx.get("pbx").asText().equals("pbx-heard")) {
                    return pbx.at("/sources/0").asText().equals("database")
                            && pbx.get("gaps").asInt() == 1;
                }
            }
            return false;
        });
        assertThat(get(open, "api/board").at("/state/sipstack/state").asText()).isEqualTo("unknown");
    }

    @Test
    void lettersAreGroupedShownAndReplayedByWhoHasTheTokenForIt() throws Exception {
        fixture.send(ConsoleFixture.TOPICS.cel(), "pbx-odd", "no row of pbx-odd");
        Awaitility.await().atMost(LIMIT).until(() -> group() != null);
        JsonNode group = group();
        String kind = "stage=assembler&pbx=" + encode(group, "pbx") + "&reason=" + encode(group, "reason");
        String place = get(open, "api/letters/places?" + kind).at("/places/0").asText();
        assertThat(get(open, "api/letter?place=" + encode(place)).get("value").asText())
                .isEqualTo("no row of pbx-odd");

        String wanted = "{\"places\": [\"" + place + "\"]}";
        assertThat(replay(open, wanted, REPLAY_TOKEN).statusCode()).isEqualTo(403);
        assertThat(replay(guarded, wanted, TOKEN).statusCode()).isEqualTo(403);
        assertThat(replay(guarded, wanted.replace("}", ", \"dry_run\": true}"), REPLAY_TOKEN)
                        .body())
                .contains("1 would be replayed");
        assertThat(replay(guarded, wanted, REPLAY_TOKEN).body()).contains("1 replayed");
        assertThat(replay(guarded, wanted, REPLAY_TOKEN).body()).contains("1 replayed or dropped before");
        assertThat(replay(guarded, "{}", REPLAY_TOKEN).statusCode()).isEqualTo(400);
    }

    @Test
    void aReplayThatWasRefusedLeavesItsConnectionGoodForTheNext() throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(replay(guarded, "{}", TOKEN).statusCode()).isEqualTo(403);
            assertThat(replay(guarded, "{}", REPLAY_TOKEN).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void withoutTheTokenNothingIsTold() throws Exception {
        HttpResponse<String> refused =
                http.send(HttpRequest.newBuilder(guarded.resolve("api/board")).build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic");
        assertThat(send(guarded, "").body()).contains("<title>Calls");
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatMakesNoSenseIsSaidSo() throws Exception {
        assertThat(send(open, "api/call?pbx=pbx-east&linkedid=1795305288.999").statusCode())
                .isEqualTo(404);
        assertThat(send(open, "api/call?pbx=a%7Cb&linkedid=1").statusCode()).isEqualTo(400);
        assertThat(send(open, "api/find?from=yesterday").body()).contains("no instant");
        assertThat(send(open, "api/letter?place=first").statusCode()).isEqualTo(400);
        assertThat(send(open, "..%2f..%2fConsole.class").statusCode()).isEqualTo(404);
        assertThat(send(open, "nothing.js").statusCode()).isEqualTo(404);
        assertThat(send(open, "api/replay").statusCode()).isEqualTo(405);
    }

    private static JsonNode group() throws Exception {
        for (JsonNode group : get(open, "api/letters").get("groups")) {
            if (group.get("pbx").asText().equals("pbx-odd")) {
                return group;
            }
        }
        return null;
    }

    private static String encode(JsonNode owner, String field) {
        return encode(owner.get(field).asText());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static HttpResponse<String> replay(URI console, String body, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(console.resolve("api/replay"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("X-Sipstack-Replay-Token", token)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode awaitCall(URI console, CallKey call) {
        String address = "api/call?pbx=" + call.pbx() + "&linkedid=" + call.linkedid();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> get(console, address).at("/summary/complete").asBoolean());
        return Awaitility.await().atMost(LIMIT).until(() -> get(console, address), story -> story.has("document"));
    }

    private static String awaitLine(Iterator<String> lines, String part) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("no line with " + part);
    }

    private static JsonNode get(URI console, String address) throws Exception {
        return JSON.readTree(send(console, address).body());
    }

    private static HttpResponse<String> send(URI console, String address) throws Exception {
        return http.send(
                HttpRequest.newBuilder(console.resolve(address))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    private static int port(Assembler assembler) {
        return assembler.consoleAddress().orElseThrow().getPort();
    }

    private static void makeKeyStore(Path keyStore) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keyStore.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private static SSLContext trusting(Path keyStore) throws Exception {
        KeyStore ours = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(keyStore.toFile())) {
            ours.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        String alias = ours.aliases().nextElement();
        trusted.setCertificateEntry(alias, ours.getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
