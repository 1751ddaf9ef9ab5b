package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterConfigTest {
    private static PbxProfile profile(Map<String, String> settings) {
        return new InterpreterConfig(settings, "pbx-east").profile();
    }

    @Test
    void testDefaults() {
        assertThat(profile(Map.of())).isEqualTo(PbxProfile.of("pbx-east", "US"));
    }

    @Test
    void aPbxsOwnSettingCountsForMore() {
        PbxProfile profile = profile(Map.of(
                "country",
                "US",
                "pbxs.pbx-east.country",
                "ca",
                "pbxs.pbx-east.customer.id",
                "7",
                "pbxs.pbx-west.tenant",
                "other",
                "trunks",
                "sbc-*,twilio"));
        assertThat(profile.numbering().country()).isEqualTo("CA");
        assertThat(profile.customerId()).isEqualTo(7);
        assertThat(profile.tenant()).isEmpty();
        assertThat(profile.routes().trunks().patterns()).containsExactly("sbc-*", "twilio");
    }

    @Test
    void whatIsWrongWithAPbxsSettingsIsSaidAtTheStartThoughItsNameHasDots() {
        assertThatThrownBy(() -> new AssemblerConfig(Map.of("pbxs.pbx.east.example.com.tenant.dids", "nonsense")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void aCountryThatIsNoneIsRefusedSinceNoNumberCouldBeReadByIt() {
        for (String country : List.of("UK", "EN", "USA", " ")) {
            assertThatThrownBy(() -> new AssemblerConfig(Map.of("country", country)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("country")
                    .hasMessageContaining("the United Kingdom is GB");
        }
        assertThatThrownBy(() -> profile(Map.of("pbxs.pbx-east.country", "UK")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("UK");
        assertThat(profile(Map.of("country", "gb")).numbering().country()).isEqualTo("GB");
    }

    @Test
    void lengthsOfExtensionsThatGoBackAreToldByTheirSetting(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> new AssemblerConfig(Map.of("extension.min.length", "8")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("extension.min.length: is more than extension.max.length, which is 7");

        Path file = folder.resolve("direction.json");
        Files.writeString(file, "{\"extension\": {\"min_length\": 8}}");
        assertThatThrownBy(() -> new AssemblerConfig(Map.of("direction.file", file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("direction.file: extension lengths 8 to 7");
    }

    @Test
    void contextsAndTenantsAreRead() {
        PbxProfile profile = profile(Map.of(
                "contexts", "{\"external\": [\"provider-*\"]}",
                "tenant.dids", "16475550120=telair, 16475550130=gconnect",
                "tenant.accountcodes", "{\"tel\": \"telair\"}",
                "tenant.extensions", "200-299=telair"));
        assertThat(profile.routes().external().patterns()).containsExactly("provider-*");
        assertThat(profile.tenants().byDid()).containsEntry("16475550130", "gconnect");
        assertThat(profile.tenants().byAccountcode()).containsEntry("tel", "telair");
        assertThat(profile.tenants().byExtension().get(0).tenant()).isEqualTo("telair");
    }

    @Test
    void allTenantsMayStandInOneObject() {
        PbxProfile profile = profile(Map.of("tenant.config", """
                {"16475550120": "telair", "dids": {"16475550130": "gconnect"},
                 "accountcodes": {"tel": "telair"}, "extensions": {"200-299": "telair"}}
                """, "tenant.dids", "16475550130=acme"));
        assertThat(profile.tenants().byDid())
                .containsEntry("16475550120", "telair")
                .containsEntry("16475550130", "acme");
        assertThat(profile.tenants().byAccountcode()).containsEntry("tel", "telair");
        assertThat(profile.tenants().byExtension().get(0).tenant()).isEqualTo("telair");
    }

    @Test
    void theDirectionFileCountsForMoreThanSettings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("direction.json");
        Files.writeString(file, """
                {"extension": {"min_length": 3, "max_length": 5}, "international": ["810"],
                 "contexts": {"internal": ["office-phones-*"], "outbound": ["toll-free-route"]}}
                """);
        PbxProfile profile = profile(Map.of("direction.file", file.toString(), "extension.max.length", "7"));
        assertThat(profile.numbering().extensions().max()).isEqualTo(5);
        assertThat(profile.numbering().internationalPrefixes()).isEqualTo(List.of("810"));
        assertThat(profile.routes().outbound().patterns()).containsExactly("toll-free-route");
    }

    @Test
    void contextsOfTransfersQueuesAndMenusStandInTheDirectionFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("direction.json");
        Files.writeString(file, """
                {"transfer": {"detect": false, "contexts": ["*-handover"]},
                 "queue_ivr": {"queue_contexts": ["acd-*"], "ivr_contexts": ["welcome-*"]}}
                """);
        PbxProfile profile = profile(Map.of("direction.file", file.toString()));
        assertThat(profile.story().transfers()).isFalse();
        assertThat(profile.routes().transfers().patterns()).containsExactly("*-handover");
        assertThat(profile.routes().queues().patterns()).containsExactly("acd-*");
        assertThat(profile.routes().menus().patterns()).containsExactly("welcome-*");
    }

    @Test
    void whatNumbersAndStoriesTellCanBeSwitchedOff() {
        PbxProfile profile = profile(Map.of(
                "dial.prefixes.strip", "false",
                "numbers.e164", "false",
                "numbers.normalize", "false",
                "transfers.detect", "false",
                "dtmf.digits", "true"));
        assertThat(profile.numbering().dialPrefixes()).isEmpty();
        assertThat(profile.numbering().internationalPrefixes()).containsExactly("011", "00");
        assertThat(profile.numbering().normalised()).isFalse();
        assertThat(profile.story().transfers()).isFalse();
        assertThat(profile.story().dtmf()).isTrue();
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> profile(Map.of("tenant.dids", "16475550120")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tenant.dids");
        assertThatThrownBy(() -> profile(Map.of("tenant.extensions", "299-200=telair")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("299-200");
        assertThatThrownBy(() -> profile(Map.of("direction.file", "/does/not/exist.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/does/not/exist.json");
    }
}
