package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingSourceConnectorTest {
    @TempDir
    private Path folder;

    private final RecordingSourceConnector connector = new RecordingSourceConnector();

    @Test
    void pbxsAreSharedOutAndNoFileIsInATasksConfiguration() {
        connector.start(Map.of(
                "pbxs", "east,west",
                "state.directory", "/s",
                "kafka.sasl.jaas.config", "secret",
                "pbxs.east.recording.paths", "/east",
                "pbxs.west.recording.paths", "/west"));

        List<Map<String, String>> tasks = connector.taskConfigs(4);

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0))
                .containsEntry("pbxs", "east")
                .containsEntry("kafka.sasl.jaas.config", "secret")
                .doesNotContainKey("pbxs.west.recording.paths");
    }

    @Test
    void theDefaultsAreThoseOfTheEarlierConnectors() {
        PbxRecordingsConfig pbx =
                new RecordingSourceConfig(Map.of("pbxs", "east")).pbxs().get(0);

        assertThat(pbx.filter().extensions()).containsExactlyInAnyOrder("wav", "mp3", "gsm", "ogg");
        assertThat(pbx.filter().minSize()).isEqualTo(1024);
        assertThat(pbx.filter().minAge()).hasMinutes(2);
        assertThat(pbx.filter().maxAge()).hasHours(24);
        assertThat(pbx.filter().minDuration()).isZero();
        assertThat(pbx.pace().interval()).hasSeconds(30);
        assertThat(pbx.pace().stability()).hasSeconds(2);
        assertThat(pbx.afterUpload()).isEqualTo(AfterUpload.KEEP);
        assertThat(pbx.transport()).isEqualTo(Transport.REFERENCE);
        assertThat(pbx.announceAgain()).isZero();
    }

    @Test
    void aFolderNeedNotBeThereYet() {
        assertThat(faults(Map.of("recording.paths", folder.resolve("later").toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recording.paths | relative | absolute",
                "recording.paths | /var/../etc | without . and ..",
                "recording.paths | /a/**/b | absolute",
                "include.patterns | in-[ | regular expressions",
                "recording.extensions | .WAV | lower-case",
                "audio.transport | pigeon | reference or chunks",
                "audio.transport | chunks | ByteArrayConverter",
                "after.upload | burn | keep or move or delete",
                "min.age.ms | -1 | whole number",
                "timezone | Toronto | time zone",
                "state.directory | state | absolute path",
                "kafka.security.protocol | PLAIN_TEXT | security.protocol",
                "pbxs.eats.recording.paths | /a | is no setting",
            })
    void aSettingThatCannotWorkIsRefusedInWords(String key, String value, String words) {
        assertThat(faults(Map.of(key, value))).singleElement().asString().contains(words);
    }

    @Test
    void foldersStateAndBrokersAreNeeded() {
        assertThat(faults(Map.of("recording.paths", "")))
                .singleElement()
                .asString()
                .contains("names no folder");
        assertThat(faults(Map.of("state.directory", "", "kafka.bootstrap.servers", "")))
                .hasSize(2)
                .allMatch(fault -> fault.contains("is needed"));
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(faults(Map.of("state.directory", file.resolve("state").toString())))
                .singleElement()
                .asString()
                .contains("cannot be made");
    }

    @Test
    void foldersOfTwoPbxsMustNotOverlapThroughLinksEither() throws IOException {
        Path east = Files.createDirectories(folder.resolve("east"));
        Path link = Files.createSymbolicLink(folder.resolve("west"), east);
        Map<String, String> settings = new HashMap<>(Map.of("pbxs", "east,west"));
        settings.put("pbxs.east.recording.paths", east.toString());
        settings.put("pbxs.west.recording.paths", link.toString());

        assertThat(faults(settings)).singleElement().asString().contains("overlaps with", "PBX east");

        settings.put("pbxs.west.recording.paths", folder + "/w*/2026");
        assertThat(faults(settings)).isEmpty();
    }

    @Test
    void theClientsSecretsAreSecretsToConnectToo() {
        Map<String, String> settings = Map.of(
                "pbxs",
                "east",
                "kafka.sasl.jaas.config",
                "p",
                "kafka.ssl.key.password",
                "p",
                "kafka.vault.token",
                "p",
                "kafka.fetch.max.bytes",
                "1");
        assertThat(RecordingSourceConfig.definition(settings).configKeys()).satisfies(keys -> {
            for (String key : List.of("kafka.sasl.jaas.config", "kafka.ssl.key.password", "kafka.vault.token")) {
                assertThat(keys.get(key).type).isEqualTo(ConfigDef.Type.PASSWORD);
            }
            assertThat(keys.get("kafka.fetch.max.bytes").type).isEqualTo(ConfigDef.Type.INT);
        });
        assertThat(new RecordingSourceConfig(settings).client()).containsEntry("sasl.jaas.config", "p");
    }

    @Test
    void offsetsAreReadBackAndOthersRefused() {
        Map<String, Object> partition = new RecordingSourcePartition("east").toMap();
        RecordingSourceOffset offset = new RecordingSourceOffset(Instant.parse("2026-11-22T06:00:00Z"));

        assertThat(RecordingSourceOffset.fromMap(offset.toMap())).isEqualTo(offset);
        assertThat(connector.alterOffsets(Map.of(), Map.of(partition, offset.toMap())))
                .isTrue();
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(partition, Map.of("version", 2L))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("version");
    }

    private List<String> faults(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "pbxs",
                "east",
                "recording.paths",
                folder.resolve("monitor").toString(),
                "state.directory",
                folder.resolve("state").toString(),
                "kafka.bootstrap.servers",
                "127.0.0.1:1"));
        settings.putAll(more);
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
