package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvTargetsTest {
    @Test
    void whoWantsNoRecordingsHasNoFolderOfThatName() {
        assertThat(EnvTargets.of(Map.of("RECORDING_PATHS", "none")).recordings())
                .isEmpty();
    }

    @Test
    void whatTheAssemblerWouldRefuseIsAFaultThoughEveryVariableIsUnderstood() {
        assertThat(faultsWith("CONSOLE_HOST", "127.0.0.1")).isEmpty();
        assertThat(faultsWith("CONSOLE_HOST", "0.0.0.0"))
                .singleElement()
                .asString()
                .contains("CONSOLE_TOKEN", "not loopback");
        assertThat(faultsWith("CONSOLE_TOKEN", "12345678"))
                .singleElement()
                .asString()
                .startsWith("CONSOLE_TOKEN: ")
                .contains("at least 16");
        assertThat(faultsWith("CALL_SHIPPING_MODE", "Complete"))
                .singleElement()
                .asString()
                .startsWith("CALL_SHIPPING_MODE: ");
        assertThat(faultsWith("DID_TENANT_MAP", "16475550120"))
                .singleElement()
                .asString()
                .startsWith("DID_TENANT_MAP: ")
                .contains("16475550120");
    }

    private static List<String> faultsWith(String variable, String value) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "API_KEY", "sk_0123456789abcdef0123456789abcdef",
                "DB_TYPE", "mysql",
                "DB_USER", "asterisk",
                "DB_PASSWORD", "s3cret",
                "DB_NAME", "asteriskcdrdb",
                "PBX", "pbx-east"));
        variables.put(variable, value);
        return EnvTargets.of(variables).faults();
    }

    @Test
    void theUsualFolderIsLookedAtAsRunTakesIt(@TempDir Path usual) {
        assertThat(EnvTargets.of(Map.of("DB_TYPE", "mysql")).recordings(usual).orElseThrow())
                .isEqualTo(new EnvTargets.Recordings(List.of(usual), Optional.empty(), Optional.empty(), false));
        assertThat(EnvTargets.of(Map.of("DB_TYPE", "mysql")).recordings(usual.resolve("nowhere")))
                .isEmpty();
        assertThat(EnvTargets.of(Map.of()).recordings(usual)).isEmpty();
    }

    @Test
    void folderFromWhichRecordingsAreMovedHasToBeWritable() {
        Map<String, String> ofTables = Map.of("RECORDING_PATHS", "/srv/monitor", "DB_TYPE", "mysql");
        assertThat(isEmptied(ofTables)).isFalse();

        assertThat(isEmptied(Map.of("RECORDING_PATHS", "/srv/monitor", "AMI_USERNAME", "me")))
                .isTrue();
        assertThat(isEmptied(Map.of("RECORDING_PATHS", "/srv/monitor", "RECORDING_AFTER_UPLOAD", "delete")))
                .isTrue();
    }

    private static boolean isEmptied(Map<String, String> variables) {
        return EnvTargets.of(variables).recordings().orElseThrow().isEmptied();
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
