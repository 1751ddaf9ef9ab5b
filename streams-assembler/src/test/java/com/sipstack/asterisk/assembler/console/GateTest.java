package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final String TOKEN = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8010", "127.0.0.1:8010", "[::1]:8010", "127.0.0.1"})
    void withoutATokenOurOwnAddressIsAnswered(String host) {
        assertThat(gate(null, null).mayLook(headers("Host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8010", "localhost.evil.example", ""})
    void withoutATokenAForeignNameThatLeadsHereIsRefused(String host) {
        assertThat(gate(null, null).mayLook(headers("Host", host)).orElseThrow().status())
                .isEqualTo(403);
    }

    @Test
    void theTokenIsThePasswordOfAnyUserOrABearersToken() {
        Gate gate = gate(TOKEN, null);

        assertThat(gate.mayLook(headers("Authorization", basic("night-shift:" + TOKEN))))
                .isEmpty();
        assertThat(gate.mayLook(headers("Authorization", "Bearer " + TOKEN))).isEmpty();
        assertThat(gate.mayLook(headers()).orElseThrow().status()).isEqualTo(401);
        assertThat(gate.mayLook(headers("Authorization", basic("night-shift:guess"))))
                .isPresent();
        assertThat(gate.mayLook(headers("Authorization", "Basic §§§"))).isPresent();
    }

    @Test
    void whoMayLookMayNotReplay() {
        Gate gate = gate(TOKEN, "another-token-of-16");

        assertThat(gate.mayReplay(headers("Authorization", "Bearer " + TOKEN))).isPresent();
        assertThat(gate.mayReplay(headers(Gate.REPLAY_TOKEN, TOKEN))).isPresent();
        assertThat(gate.mayReplay(headers(Gate.REPLAY_TOKEN, "another-token-of-16")))
                .isEmpty();
        assertThat(gate(TOKEN, null).mayReplay(headers(Gate.REPLAY_TOKEN, ""))).isPresent();
    }

    @Test
    void anotherPageMayNotReplayThoughItKnewTheToken() {
        Gate gate = gate(null, TOKEN);

        assertThat(gate.mayReplay(headers(Gate.REPLAY_TOKEN, TOKEN, "Sec-Fetch-Site", "cross-site")))
                .isPresent();
        assertThat(gate.mayReplay(
                        headers(Gate.REPLAY_TOKEN, TOKEN, "Host", "localhost:8010", "Origin", "http://evil.example")))
                .isPresent();
        assertThat(gate.mayReplay(
                        headers(Gate.REPLAY_TOKEN, TOKEN, "Host", "localhost:8010", "Origin", "http://localhost:8010")))
                .isEmpty();
    }

    @Test
    void behindAProxyThatSendsAnotherHostTheConsolesOwnPageMayReplay() {
        Gate gate = gate(TOKEN, TOKEN);

        assertThat(gate.mayReplay(headers(
                        Gate.REPLAY_TOKEN,
                        TOKEN,
                        "Host",
                        "127.0.0.1:8010",
                        "Origin",
                        "https://calls.example",
                        "Sec-Fetch-Site",
                        "same-origin")))
                .isEmpty();
        assertThat(gate.mayReplay(headers(
                        Gate.REPLAY_TOKEN,
                        TOKEN,
                        "Host",
                        "127.0.0.1:8010",
                        "Origin",
                        "https://evil.example",
                        "Sec-Fetch-Site",
                        "same-site")))
                .isPresent();
    }

    private static Gate gate(String token, String replayToken) {
        return new Gate(new ConsoleSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8010),
                "",
                Optional.ofNullable(token),
                Optional.ofNullable(replayToken),
                Optional.empty(),
                Duration.ofHours(1),
                100,
                10));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static Headers headers(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }
}
