package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aPbxWithTheMachinesNameKeepsItWhenTheMachineHasAnother() throws Exception {
        Path data = folder.resolve("data");
        assertThat(RunCommand.named(Map.of(), data)).isEmpty();
        try (DataDirectory directory = DataDirectory.open(data)) {
            directory.rememberPbx("3f2a9c1b7d5e");
        }

        assertThat(new EnvSettings(RunCommand.named(Map.of("PBX", " "), data)).pbx())
                .isEqualTo("3f2a9c1b7d5e");
        assertThat(new EnvSettings(RunCommand.named(Map.of("PBX", "east"), data)).pbx())
                .isEqualTo("east");
        assertThat(new EnvSettings(RunCommand.named(Map.of("HOST_HOSTNAME", "voip.example.com"), data)).pbx())
                .isEqualTo("voip.example.com");
    }

    @Test
    void theEnvironmentsProxyServesBesideAFileThatNamesNone() throws Exception {
        Map<String, String> environment = Map.of(
                "https_proxy", "http://proxy.example:3128", "NO_PROXY", "api.corp.example", "API_KEY", "another");

        assertThat(proxyOf(Map.of("API_KEY", "k"), environment)).contains("http://proxy.example:3128");
        assertThat(proxyOf(Map.of("API_KEY", "k", "HTTPS_PROXY", ""), environment))
                .isEmpty();
        assertThat(proxyOf(Map.of("HTTPS_PROXY", "http://mine.example:8080"), environment))
                .contains("http://mine.example:8080");
        assertThat(proxyOf(Map.of("API_URL", "https://api.corp.example/v1"), environment))
                .isEmpty();
        assertThat(proxyOf(Map.of("API_URL", "http://127.0.0.1:8080/v1"), environment))
                .isEmpty();
        assertThat(proxyOf(Map.of("API_KEY", "k"), Map.of("HTTPS_PROXY", "socks5://proxy.example:1080")))
                .isEmpty();
        assertThat(ApiProxy.inherited(Map.of("API_KEY", "k"), environment)).containsEntry("API_KEY", "k");
    }

    private static Optional<String> proxyOf(Map<String, String> file, Map<String, String> environment) {
        return new EnvSettings(ApiProxy.inherited(file, environment)).proxy().map(ApiProxy::url);
    }

    @Test
    void levelsOfTheLogMayHaveTheNamesThatTheEarlierConnectorsGaveThem() {
        assertThat(RunCommand.level("WARNING")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("critical")).isEqualTo(Level.FATAL);
        assertThat(RunCommand.level("DEBUG")).isEqualTo(Level.DEBUG);
        assertThat(RunCommand.level("warn")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("loud")).isEqualTo(Level.INFO);
    }
}
