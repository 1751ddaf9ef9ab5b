package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.StubClient.CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultInjectionTest {
    private final StubApi stub = StubApi.start();
    private final StubClient client = StubClient.of(stub);

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void aStatusIsAnsweredWithRetryAfterAndNothingIsStored() throws IOException {
        stub.faults().add(Fault.status(429, "2"));

        StubClient.Reply reply = client.ship(CallDocuments.valid());

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.retryAfter()).contains("2");
        assertThat(stub.stats()).isEqualTo(new StubStats(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void retryAfterMayBeADate() throws IOException {
        stub.faults().add(Fault.status(503, "Sun, 22 Nov 2026 02:00:00 GMT"));

        assertThat(client.get("/v1/health").retryAfter()).contains("Sun, 22 Nov 2026 02:00:00 GMT");
    }

    @Test
    void aFaultIsSpentAfterItsNumberOfRequests() throws IOException {
        stub.faults().add(Fault.status(500).withTimes(2));

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(client.ship(CallDocuments.valid()).status());
        }

        assertThat(statuses).containsExactly(500, 500, 202);
        assertThat(stub.faults().list()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("resets")
    void aResetIsAnErrorOfTheConnectionAndNothingIsStored(Fault reset) {
        stub.faults().add(reset);

        assertThatThrownBy(() -> client.ship(CallDocuments.valid())).isInstanceOf(IOException.class);
        assertThat(stub.stats()).isEqualTo(new StubStats(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("resets")
    void aResetEndsAnHttp2ConnectionToo(Fault reset) throws IOException {
        StubClient http2 = StubClient.http2(stub);
        stub.faults().add(reset.withTimes(1));

        assertThatThrownBy(() -> http2.ship(CallDocuments.valid())).isInstanceOf(IOException.class);
        assertThat(http2.ship(CallDocuments.valid()).status()).isEqualTo(202);
    }

    static List<Fault> resets() {
        return List.of(Fault.resetBeforeBody(), Fault.resetAfterBody());
    }

    @ParameterizedTest
    @MethodSource("resets")
    void aResetIsATcpResetAndNotAnOrderlyEnd(Fault reset) throws IOException {
        stub.faults().add(reset);

        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stub.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessage("Connection reset");
        }
    }

    @Test
    void aLostAnswerIsAnErrorOfTheConnectionButTheDocumentIsStored() throws IOException {
        stub.faults().add(Fault.loseAnswer().withTimes(1));

        assertThatThrownBy(() -> client.ship(CallDocuments.valid("1.1", 1), "k1"))
                .isInstanceOf(IOException.class);
        assertThat(stub.call("pbx1", "1.1")).isPresent();

        assertThat(client.ship(CallDocuments.valid("1.1", 1), "k1").status()).isEqualTo(202);
        assertThat(stub.stats()).isEqualTo(new StubStats(2, 0, 2, 0, 2, 1, 1, 0, 0, 0, 0, 1));
    }

    @Test
    void aDelayedDocumentIsStoredAtOnceAndAnsweredLater() throws Exception {
        stub.faults().add(Fault.delay(Duration.ofMillis(700)));
        long start = System.nanoTime();

        StubClient.Reply reply = client.ship(CallDocuments.valid());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void moreDelayedRequestsThanThereAreThreadsDoNotHoldUpOthers() throws Exception {
        int more = 250;
        stub.faults().add(Fault.delay(Duration.ofMinutes(5)).withPath(CALLS));
        ExecutorService clients = Executors.newFixedThreadPool(more);
        try {
            List<Future<StubClient.Reply>> delayed = new ArrayList<>();
            for (int i = 0; i < more; i++) {
                String linkedid = "1." + i;
                delayed.add(clients.submit(() -> client.ship(CallDocuments.valid(linkedid))));
            }
            await().until(() -> stub.stats().documents() == more);

            assertThat(client.get("/v1/health").status()).isEqualTo(200);
            assertThat(delayed).noneMatch(Future::isDone);
            stub.close();
            for (Future<StubClient.Reply> future : delayed) {
                assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aFaultStrikesOnlyItsPath() throws IOException {
        stub.faults().add(Fault.status(500).withPath(CALLS));

        assertThat(client.ship(CallDocuments.valid()).status()).isEqualTo(500);
        assertThat(client.get("/v1/health").status()).isEqualTo(200);
    }

    @Test
    void aFaultStrikesOnlyItsCall() throws IOException {
        stub.faults().add(Fault.status(500).withLinkedid("1.1"));

        assertThat(client.ship(CallDocuments.valid("1.1")).status()).isEqualTo(500);
        assertThat(client.ship(CallDocuments.valid("2.2")).status()).isEqualTo(202);
        assertThat(client.get("/v1/health").status()).isEqualTo(200);
    }

    @Test
    void faultsNeverStrikeTheStubsOwnAddresses() throws IOException {
        stub.faults().add(Fault.resetBeforeBody(), Fault.status(500));

        assertThat(client.get("/_stub/stats").status()).isEqualTo(200);
    }
}
