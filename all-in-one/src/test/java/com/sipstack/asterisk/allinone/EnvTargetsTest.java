package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTargetsTest {
    @Test
    void whoWantsNoRecordingsHasNoFolderOfThatName() {
        assertThat(EnvTargets.of(Map.of("RECORDING_PATHS", "none")).recordings())
                .isEmpty();
    }

    @Test
    void ofFoldersWithWildcardsTheOneAboveThemIsLookedAt() {
        assertThat(EnvTargets.of(Map.of("RECORDING_PATHS", "/var/spool/asterisk/monitor, /srv/*/monitor"))
                        .recordings()
                        .orElseThrow()
                        .folders())
                .containsExactly(Path.of("/var/spool/asterisk/monitor"), Path.of("/srv"));
    }
}
