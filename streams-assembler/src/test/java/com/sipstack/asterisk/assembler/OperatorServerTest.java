package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorServerTest {
    @Test
    void whoBeginsARequestAndDoesNotEndItKeepsNobodyFromKnowingThatAllIsWell() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpClient probe = HttpClient.newHttpClient();
        try (OperatorServer server = OperatorServer.start(any, List::of, List::of, () -> "");
                Socket scanner = new Socket(any.getAddress(), server.address().getPort())) {
            scanner.getOutputStream().write("GET /hea".getBytes(US_ASCII));
            HttpRequest health = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + server.address().getPort() + "/health"))
                    .timeout(Duration.ofSeconds(10))
                    .build();

            // The first may come before the scanner's turn; none of them after it
            for (int i = 0; i < 10; i++) {
                assertThat(probe.send(health, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
        }
    }
}
