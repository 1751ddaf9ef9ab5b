package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
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
    void levelsOfTheLogMayHaveTheNamesThatTheEarlierConnectorsGaveThem() {
        assertThat(RunCommand.level("WARNING")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("critical")).isEqualTo(Level.FATAL);
        assertThat(RunCommand.level("DEBUG")).isEqualTo(Level.DEBUG);
        assertThat(RunCommand.level("warn")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("loud")).isEqualTo(Level.INFO);
    }
}
