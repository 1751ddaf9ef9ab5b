package com.sipstack.asterisk.source.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.source.csv.CsvSourceOffset.Identity;
import com.sipstack.asterisk.source.fleet.Checkpoints;
import com.sipstack.asterisk.source.fleet.FileRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSourceConnectorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final Identity FILE = new Identity("(dev=1,inode=2)", 190, "0123456789abcdef");

    @TempDir
    private Path folder;

    private final CsvSourceConnector connector = new CsvSourceConnector();

    @Test
    void pbxsAreSharedOutWithTheirOwnPathsAlone() {
        connector.start(Map.of(
                "pbxs",
                "east,west",
                "pbxs.east.cel.paths",
                "/east/Master.csv",
                "pbxs.west.cel.paths",
                "/west/Master.csv"));

        List<Map<String, String>> tasks = connector.taskConfigs(4);

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0)).containsEntry("pbxs", "east").doesNotContainKey("pbxs.west.cel.paths");
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @Test
    void aFileNeedNotBeThereYet() {
        assertThat(faults(Map.of("cel.paths", folder.resolve("Master.csv").toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cel.paths | relative.csv | absolute",
                "cel.paths | /a/**/Master.csv | absolute",
                "cel.columns | eventtype,Event Time | lower-case",
                "start.from | yesterday | latest",
                "timezone | Toronto | time zone",
                "pbxs.eats.cel.paths | /a/b.csv | is no setting",
            })
    void aSettingThatCannotWorkIsRefusedInWords(String key, String value, String words) {
        Map<String, String> settings = new HashMap<>(Map.of("cel.paths", "/nowhere/Master.csv"));
        settings.put(key, value);

        assertThat(faults(settings)).singleElement().asString().contains(words);
    }

    @Test
    void atLeastOneFileMustBeNamedAndNoneTwice() {
        assertThat(faults(Map.of())).singleElement().asString().contains("name no file");
        assertThat(faults(Map.of("cel.paths", "/a.csv", "cdr.paths", "/a.csv")))
                .singleElement()
                .asString()
                .contains("both name");
    }

    @Test
    void aFileOfTheOtherKindOrOfOtherColumnsIsRefusedByItsFirstRecord() throws IOException {
        Path cdr = Files.write(folder.resolve("Master.csv"), CsvCorpus.CDR_CSV.bytes());

        assertThat(faults(Map.of("cdr.paths", cdr.toString()))).isEmpty();
        assertThat(faults(Map.of("cel.paths", cdr.toString())))
                .singleElement()
                .asString()
                .contains("no form of CEL");
        assertThat(faults(Map.of("cdr.paths", cdr.toString(), "cdr.columns", "src,dst")))
                .singleElement()
                .asString()
                .contains("21 fields where 2 columns");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException {
        assertThat(faults(Map.of(
                        "cel.paths", Files.createDirectory(folder.resolve("a")).toString())))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aWorkersRootsAreMindedThroughLinks() throws IOException {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path secret = Files.writeString(folder.resolve("secret"), "key");
        Path link = Files.createSymbolicLink(allowed.resolve("Master.csv"), secret);
        FileRoots roots = new FileRoots(List.of(allowed));

        assertThat(roots.allow(allowed.resolve("later.csv"))).isTrue();
        assertThat(roots.allow(link)).isFalse();
        assertThat(roots.allow(allowed.resolve("../secret"))).isFalse();
        assertThat(new FileRoots(List.of()).allow(secret)).isTrue();
    }

    @Test
    void offsetsAreReadBackAsTheyWereWritten() {
        CsvSourceOffset offset = CsvSourceOffset.in(FILE, 700, NOW);

        assertThat(CsvSourceOffset.fromMap(offset.toMap())).isEqualTo(offset);
        assertThat(CsvSourceOffset.fromMap(CsvSourceOffset.since(NOW).toMap())).isEqualTo(CsvSourceOffset.since(NOW));
        assertThat(CsvSourcePartition.fromMap(new CsvSourcePartition("east", "/a.csv").toMap()))
                .isEqualTo(new CsvSourcePartition("east", "/a.csv"));
    }

    @Test
    void offsetsThatAreNoneAreRefused() {
        Map<String, Object> partition = new CsvSourcePartition("east", "/a.csv").toMap();
        Map<String, Object> offset = CsvSourceOffset.in(FILE, 700, NOW).toMap();
        Map<String, Object> wrong = new HashMap<>(offset);
        wrong.put("position", -1L);
        Map<Map<String, ?>, Map<String, ?>> reset = new HashMap<>();
        reset.put(partition, null);

        assertThat(connector.alterOffsets(Map.of(), Map.of(partition, offset))).isTrue();
        assertThat(connector.alterOffsets(Map.of(), reset)).isTrue();
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(partition, wrong)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("position -1");
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(Map.of("pbx", "east"), offset)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("version");
    }

    @Test
    void aRewindGoesBackInTheFileOrToThoseBeforeIt() {
        Checkpoints known = Checkpoints.NONE
                .plus(NOW.minusSeconds(1200), 100, Duration.ofHours(1))
                .plus(NOW.minusSeconds(500), 400, Duration.ofHours(1));
        CsvSourceOffset offset = new CsvSourceOffset(700, NOW, Optional.of(FILE), 0, known);
        CsvSourceOffset young =
                CsvSourceOffset.in(FILE, 0, NOW.minusSeconds(60)).at(700);

        assertThat(offset.rewound(Duration.ofMinutes(10)).orElseThrow().position())
                .isEqualTo(100);
        assertThat(young.rewound(Duration.ofMinutes(10))).isEmpty();
    }

    @Test
    void aFileThatWasCutGoesOnWhereItWasSurelyRead() {
        Checkpoints known = Checkpoints.NONE
                .plus(NOW.minusSeconds(1200), 100, Duration.ofHours(1))
                .plus(NOW.minusSeconds(500), 400, Duration.ofHours(1));
        CsvSourceOffset offset = new CsvSourceOffset(700, NOW, Optional.of(FILE), 0, known);

        CsvSourceOffset cut = offset.cutTo(300);

        assertThat(cut.position()).isEqualTo(100);
        assertThat(cut.epoch()).isEqualTo(1);
    }

    private List<String> faults(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("pbxs", "east"));
        settings.putAll(more);
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
