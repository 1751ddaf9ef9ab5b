package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
    private static final Map<String, String> LEAST = Map.of(
            "API_KEY", "sk_0123456789abcdef0123456789abcdef",
            "DB_TYPE", "mysql",
            "DB_USER", "asterisk",
            "DB_PASSWORD", "pa$word",
            "DB_NAME", "asteriskcdrdb",
            "PBX", "pbx-east");

    @Test
    void noMoreIsClaimedThanWasLookedAt() throws Exception {
        Found found = look(List.of());

        found.hasNothingWorseThan(Severity.OK);
        assertThat(found.has(Severity.OK, "is understood").text())
                .contains("connectors look at theirs when they start");
    }

    @Test
    void aDollarThatDockerComposeWouldReplaceIsAWarningWithoutTheValue() throws Exception {
        Finding warning = look(List.of("DB_PASSWORD")).has(Severity.WARNING, "DB_PASSWORD has a $");

        assertThat(warning.remedy()).contains("single quotes");
        assertThat(warning.text() + warning.remedy()).doesNotContain("pa$word");
    }

    private static Found look(List<String> withDollar) throws Exception {
        return Found.by(new SettingsCheck(EnvTargets.of(LEAST), ".env", withDollar));
    }
}
