package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.assembler.PbxSettings.Layer;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.document.CallDocument.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PbxSettingsTest {
    private final PbxSettings settings = new PbxSettings(
            Map.of("tenant", "everyone", "pbxs.east.tenant", "configured", "pbxs.east.hostname", "east.example.com"));

    private static Map<String, String> told(Map<String, String> settings) {
        return settings;
    }

    private Identity identity(String pbx) {
        CallInterpreter interpreter = settings.interpretation().interpreters().apply(pbx);
        CallKey call = CorpusRows.calls(Corpus.PBX_20, pbx).keySet().iterator().next();
        return interpreter
                .interpret(
                        CallRows.of(call, CorpusRows.calls(Corpus.PBX_20, pbx).get(call)), Ending.HANGUP)
                .identity();
    }

    @Test
    void theTopicsWordCountsForMoreThanTheFilesAndTheFilesForMoreThanTheConfigurations() {
        assertThat(identity("east").tenant()).isEqualTo("configured");
        settings.put(Layer.TOPIC, Map.of("east", told(Map.of("tenant", "topic"))));
        settings.put(Layer.FILE, Map.of("east", told(Map.of("tenant", "file", "customer.id", "7"))));
        assertThat(identity("east").tenant()).isEqualTo("topic");
        assertThat(identity("east").customerId()).isEqualTo(7);

        settings.put(Layer.TOPIC, Map.of("east", Map.of()));
        assertThat(identity("east").tenant()).isEqualTo("file");
        assertThat(identity("east").hostname()).isEqualTo("east.example.com");
    }

    @Test
    void aNewPbxIsToldApartWithoutRestart() {
        assertThat(identity("west").hostname()).isEqualTo("west");
        settings.put(Layer.TOPIC, Map.of("west", Map.of("hostname", "west.example.com")));
        assertThat(identity("west").hostname()).isEqualTo("west.example.com");
    }

    @Test
    void wrongSettingsAreRefusedAndTheOldOnesStay() {
        settings.put(Layer.TOPIC, Map.of("west", Map.of("tenant", "acme")));
        assertThat(settings.put(Layer.TOPIC, Map.of("west", Map.of("tenant.dids", "nonsense"))))
                .hasEntrySatisfying("west", reason -> assertThat(reason).contains("tenant.dids"));
        assertThat(settings.put(Layer.TOPIC, Map.of("west", Map.of("country", "UK"))))
                .hasEntrySatisfying("west", reason -> assertThat(reason).contains("country", "GB"));
        assertThat(settings.put(Layer.TOPIC, Map.of("west|east", Map.of("tenant", "acme"))))
                .hasSize(1);
        assertThat(identity("west").tenant()).isEqualTo("acme");
    }

    @Test
    void aHostNameThatAnotherPbxOfTheCustomerHasIsRefused() {
        assertThat(settings.put(Layer.TOPIC, Map.of("west", Map.of("hostname", "east.example.com"))))
                .hasEntrySatisfying("west", reason -> assertThat(reason).contains("east.example.com", "PBX east"));
        assertThat(settings.put(
                        Layer.TOPIC, Map.of("west", Map.of("hostname", "east.example.com", "customer.id", "9"))))
                .isEmpty();
    }

    @Test
    void aHostNameMayGoOverToAnotherPbxInOneStep() {
        settings.put(Layer.FILE, Map.of("a", Map.of("hostname", "x"), "b", Map.of("hostname", "y")));
        assertThat(settings.put(Layer.FILE, Map.of("a", Map.of("hostname", "z"), "b", Map.of("hostname", "x"))))
                .isEmpty();
        assertThat(identity("b").hostname()).isEqualTo("x");
    }

    @Test
    void jsonMayHaveUnderscoresListsAndMaps() {
        String json = """
                {"customer_id": 7, "trunks": ["sbc-*", "twilio"], "tenant_dids": {"16475550120": "acme"},
                 "timezone": "America/Toronto", "country": null}
                """;
        assertThat(SettingsText.ofPbx("east", json.getBytes(UTF_8)))
                .isEqualTo(Map.of(
                        "customer.id", "7", "trunks", "sbc-*,twilio", "tenant.dids", "{\"16475550120\":\"acme\"}"));
        assertThatThrownBy(() -> SettingsText.ofPbx("east", "[]".getBytes(UTF_8)))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> SettingsText.ofPbx("east", "{\"direction_file\": \"/etc/x\"}".getBytes(UTF_8)))
                .hasMessageContaining("direction.file");
    }

    @Test
    void aPbxsNameMayHaveDots() {
        assertThat(SettingsText.ofPbxs("pbxs.pbx.east.tenant.dids=1=a\npbxs.pbx.east.tenant=b".getBytes(UTF_8)))
                .isEqualTo(Map.of("pbx.east", Map.of("tenant.dids", "1=a", "tenant", "b")));
        assertThatThrownBy(() -> SettingsText.ofPbxs("pbxs.east.tennant=b".getBytes(UTF_8)))
                .hasMessageContaining("pbxs.east.tennant");
    }

    @Test
    void aFileIsReadAgainWhenItChangesAndABrokenOneIsNot(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pbxs.json");
        Files.writeString(file, "{\"west\": {\"tenant\": \"one\"}, \"south\": {\"tenant\": \"gone\"}}");
        AssemblerMetrics metrics = new AssemblerMetrics();
        try (SettingsFile watched = SettingsFile.watch(file, settings, metrics)) {
            assertThat(identity("west").tenant()).isEqualTo("one");

            Files.writeString(file, "{\"west\": ");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            metrics.scrape(Companions.NONE).contains("sipstack_assembler_settings_refused_total 1.0"));
            assertThat(identity("west").tenant()).isEqualTo("one");

            Files.writeString(file, "{\"west\": {\"tenant\": \"two\"}}");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> identity("west").tenant().equals("two"));
            assertThat(identity("south").tenant()).isEqualTo("everyone");
            assertThat(watched).isNotNull();
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> SettingsFile.watch(Path.of("/does/not/exist"), settings, new AssemblerMetrics()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("settings.file");
    }
}
