package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvSettings.ConsolePage;
import com.sipstack.asterisk.allinone.EnvSettings.Monitoring;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceTest {
    private static final String API_KEY = "sk_0123456789abcdef0123456789abcdef";

    @Test
    void callsAreShippedThoughAnotherProgramHasTheUsualPorts() throws Exception {
        try (Taken metrics = new Taken(Monitoring.USUAL_PORT);
                Taken console = new Taken(ConsolePage.USUAL_PORT)) {
            assertThat(served(Map.of())).doesNotContainValue(metrics.port()).doesNotContainValue(console.port());
        }
    }

    @Test
    void aPortThatWasAskedForIsNotLeftOut() throws Exception {
        String asked = Integer.toString(FreePort.any());

        assertThat(served(Map.of("MONITORING_PORT", asked))).containsValue(asked);
    }

    private static Map<String, String> served(Map<String, String> changes) throws Exception {
        Map<String, String> env = new HashMap<>(Map.of("API_KEY", API_KEY, "AMI_USERNAME", "me", "AMI_PASSWORD", "x"));
        env.putAll(changes);
        Map<String, String> config =
                new HashMap<>(Deployment.of(new EnvSettings(env)).assembler());
        Instance.leaveOutUnasked(config);
        return config;
    }

    /** By this program, or by another one already. */
    private static final class Taken implements AutoCloseable {
        private final int port;
        private final ServerSocket socket;

        Taken(int port) throws IOException {
            this.port = port;
            this.socket = isFree(port) ? new ServerSocket(port, 1, InetAddress.getLoopbackAddress()) : null;
        }

        String port() {
            return Integer.toString(port);
        }

        private static boolean isFree(int port) {
            try {
                return FreePort.orCheck(port) == port;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
