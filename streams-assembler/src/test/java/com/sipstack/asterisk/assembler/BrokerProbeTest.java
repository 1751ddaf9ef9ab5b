package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {
    @Test
    void aBrokerThatIsNotThereIsGivenUpAndNamed() throws IOException {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }

        assertThatThrownBy(() -> BrokerProbe.requireAnswer(
                        Map.of("bootstrap.servers", nobody, "topic.prefix", "not the client's"), Duration.ofSeconds(1)))
                .hasMessageContaining("no broker answers at " + nobody)
                .hasMessageContaining("nothing came within 1 s");
    }

    @Test
    void aServerThatSpeaksSomethingElseIsGivenUpToo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() ->
                            BrokerProbe.requireAnswer(Map.of("bootstrap.servers", address), Duration.ofSeconds(1)))
                    .hasMessageContaining("it speaks TLS or SASL and the properties do not");
        }
    }

    @Test
    void anAddressThatIsNoneIsSaidAtOnce() {
        assertThatThrownBy(() -> BrokerProbe.requireAnswer(Map.of("bootstrap.servers", "kafka.invalid:9092")))
                .hasMessageContaining("kafka.invalid:9092");
    }
}
