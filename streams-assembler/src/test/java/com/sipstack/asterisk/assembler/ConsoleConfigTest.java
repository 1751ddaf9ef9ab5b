package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.assembler.console.ConsoleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleConfigTest {
    private static final String TOKEN = "0123456789abcdef";

    @Test
    void testDefaults() {
        assertThat(config(Map.of()).console()).isEmpty();
        ConsoleSettings settings =
                config(Map.of("console.port", "8010")).console().orElseThrow();

        assertThat(settings.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.basePath()).isEmpty();
        assertThat(settings.token()).isEmpty();
        assertThat(settings.replayToken()).isEmpty();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.history()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.mostCalls()).isEqualTo(20_000);
        assertThat(settings.mostViewers()).isEqualTo(50);
    }

    @Test
    void testExplicitMappings() {
        ConsoleSettings settings = config(Map.of(
                        "console.host", "0.0.0.0",
                        "console.port", "8443",
                        "console.base.path", "/calls",
                        "console.token", TOKEN,
                        "console.replay.token", TOKEN + "0",
                        "console.tls.keystore", "/etc/console.p12",
                        "console.tls.keystore.password", "secret",
                        "console.history.ms", "60000",
                        "console.calls.max", "500",
                        "console.viewers.max", "3"))
                .console()
                .orElseThrow();

        assertThat(settings.address().getPort()).isEqualTo(8443);
        assertThat(settings.basePath()).isEqualTo("/calls");
        assertThat(settings.token()).contains(TOKEN);
        assertThat(settings.replayToken()).contains(TOKEN + "0");
        assertThat(settings.tls())
                .isEqualTo(Optional.of(new ConsoleSettings.KeyStoreFile(Path.of("/etc/console.p12"), "secret")));
        assertThat(settings.history()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.mostCalls()).isEqualTo(500);
        assertThat(settings.mostViewers()).isEqualTo(3);
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() {
        assertThatThrownBy(() -> config(Map.of("console.port", "8010", "console.host", "0.0.0.0")))
                .hasMessageContaining("console.host")
                .hasMessageContaining("Set console.token");
        config(Map.of("console.port", "8010", "console.host", "::1"));
        config(Map.of("console.host", "0.0.0.0"));
    }

    @Test
    void aTokenIsLongAndNeverQuoted() {
        assertThatThrownBy(() -> config(Map.of("console.token", "guessable")))
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("guessable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls", "/calls/", "/../calls%2f", "//"})
    void aBasePathIsAPath(String path) {
        assertThatThrownBy(() -> config(Map.of("console.base.path", path))).hasMessageContaining("console.base.path");
    }

    @Test
    void theConsoleMayReadWhatItShowsAndWriteOnlyWhereReplaysAreAllowed() {
        Map<String, String> settings =
                new HashMap<>(Map.of("bootstrap.servers", "localhost:1", "console.port", "8010"));
        assertThat(new AssemblerConfig(settings).grants())
                .anyMatch(grant -> grant.toString().contains("asterisk.gaps"))
                .noneMatch(grant -> grant.toString().contains("sipstack-dlq-"));

        settings.put("console.replay.token", TOKEN);
        assertThat(new AssemblerConfig(settings).grants())
                .anyMatch(grant -> grant.toString().contains("sipstack-dlq-"));
    }

    private static ConsoleConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("bootstrap.servers", "localhost:1");
        return new AssemblerConfig(all).console();
    }
}
