package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class OperationConfigTest {
    private static OperationConfig config(Map<String, String> settings) {
        return new AssemblerConfig(settings).operation();
    }

    @Test
    void testDefaults() {
        OperationConfig config = config(Map.of());
        assertThat(config.settingsFile()).isEmpty();
        assertThat(config.httpAddress()).isEmpty();
        assertThat(config.threadDeaths(Clock.systemUTC())).hasToString("10 within PT10M");
    }

    @Test
    void testExplicitMappings() {
        OperationConfig config = config(Map.of(
                "settings.file", "/etc/sipstack/pbxs.json",
                "http.host", "127.0.0.2",
                "http.port", "9464",
                "thread.replacements.max", "3",
                "thread.replacements.window.ms", "60000"));
        assertThat(config.settingsFile()).contains(Path.of("/etc/sipstack/pbxs.json"));
        assertThat(config.httpAddress())
                .hasValueSatisfying(address -> assertThat(address).hasToString("/127.0.0.2:9464"));
        assertThat(config.threadDeaths(Clock.systemUTC())).hasToString("3 within PT1M");
    }

    @Test
    void aPortThatNoneIsIsRefused() {
        assertThatThrownBy(() -> config(Map.of("http.port", "70000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.port");
    }
}
