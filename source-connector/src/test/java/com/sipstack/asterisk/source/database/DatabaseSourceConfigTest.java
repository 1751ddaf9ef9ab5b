package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSourceConfigTest {
    private static final String URL = "jdbc:postgresql://db.example/asterisk";

    @Test
    void testDefaults() {
        PbxConfig pbx = only(Map.of("pbxs", "east", "database.url", URL));

        assertThat(pbx)
                .isEqualTo(new PbxConfig(
                        "east",
                        new DatabaseLogin(URL, "", new Password(""), Duration.ofSeconds(30)),
                        List.of(new AsteriskTable("cdr", RowKind.CDR), new AsteriskTable("cel", RowKind.CEL)),
                        new StartFrom.Latest(),
                        Duration.ofSeconds(1),
                        1000,
                        new ZoneRule(Optional.empty(), ZoneId.of("UTC")),
                        new Topics("asterisk"),
                        new Rewind(Optional.empty(), Duration.ofMinutes(10)),
                        new GapRule(Duration.ofMinutes(2), 1000),
                        new ReadingLimits(Optional.empty(), 0),
                        new KeylessWindow(
                                Duration.ofHours(6),
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(15),
                                Duration.ofMinutes(1)),
                        new NodeFrom.None()));
    }

    @Test
    void testExplicitMappings() {
        PbxConfig pbx = only(Map.ofEntries(
                Map.entry("pbxs", "east"),
                Map.entry("database.url", URL),
                Map.entry("database.user", "reader"),
                Map.entry("database.password", "secret"),
                Map.entry("query.timeout.ms", "2000"),
                Map.entry("cdr.tables", "calls.cdr, old_cdr"),
                Map.entry("cel.tables", ""),
                Map.entry("start.from", "2026-01-31T05:00:00Z"),
                Map.entry("end.at", "2026-02-01T05:00:00Z"),
                Map.entry("max.rows.per.second", "300"),
                Map.entry("poll.interval.ms", "250"),
                Map.entry("batch.rows", "7"),
                Map.entry("timezone", "America/Toronto"),
                Map.entry("timezone.fallback", "-05:00"),
                Map.entry("topic.prefix", "pbx"),
                Map.entry("gap.timeout.ms", "5000"),
                Map.entry("gap.max.ranges", "50"),
                Map.entry("restart.lookback.ms", "60000"),
                Map.entry("rewind.before", "2026-02-01T00:00:00Z"),
                Map.entry("keyless.longest.call.ms", "36000000"),
                Map.entry("keyless.batch.delay.ms", "0"),
                Map.entry("keyless.narrow.window.ms", "60000"),
                Map.entry("keyless.wide.interval.ms", "5000"),
                Map.entry("recordings.tables", "recordings"),
                Map.entry("node.from", "column:Server")));

        assertThat(pbx)
                .isEqualTo(new PbxConfig(
                        "east",
                        new DatabaseLogin(URL, "reader", new Password("secret"), Duration.ofSeconds(2)),
                        List.of(
                                new AsteriskTable("calls.cdr", RowKind.CDR),
                                new AsteriskTable("old_cdr", RowKind.CDR),
                                new AsteriskTable("recordings", RowKind.RECORDING)),
                        new StartFrom.At(Instant.parse("2026-01-31T05:00:00Z")),
                        Duration.ofMillis(250),
                        7,
                        new ZoneRule(Optional.of(ZoneId.of("America/Toronto")), ZoneOffset.ofHours(-5)),
                        new Topics("pbx"),
                        new Rewind(Optional.of(Instant.parse("2026-02-01T00:00:00Z")), Duration.ofMinutes(1)),
                        new GapRule(Duration.ofSeconds(5), 50),
                        new ReadingLimits(Optional.of(Instant.parse("2026-02-01T05:00:00Z")), 300),
                        new KeylessWindow(
                                Duration.ofHours(10), Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(5)),
                        new NodeFrom.Column("server")));
    }

    @Test
    void aPbxsOwnSettingGoesBeforeTheSharedOne() {
        List<PbxConfig> pbxs = new DatabaseSourceConfig(Map.of(
                        "pbxs", "east, west.2",
                        "database.url", URL,
                        "database.password", "shared",
                        "batch.rows", "10",
                        "pbxs.west.2.database.password", "own",
                        "pbxs.west.2.batch.rows", "20"))
                .pbxs();

        assertThat(pbxs).extracting(PbxConfig::pbx).containsExactly("east", "west.2");
        assertThat(pbxs).extracting(PbxConfig::batchRows).containsExactly(10, 20);
        assertThat(pbxs).extracting(pbx -> pbx.login().password().value()).containsExactly("shared", "own");
    }

    @Test
    void noPasswordShowsInAnyText() {
        DatabaseSourceConfig config = new DatabaseSourceConfig(Map.of(
                "pbxs", "east",
                "database.url", URL,
                "database.password", "first-secret",
                "pbxs.east.database.password", "second-secret"));

        assertThat(config.values().toString() + config.pbxs()).doesNotContain("first-secret", "second-secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pbxs               | ''
                    pbxs               | east,east
                    pbxs               | east,we st
                    database.url       | jdbc:oracle:thin:@db
                    pbxs.east.database.url | db.example
                    cdr.tables         | cdr; DROP TABLE cdr
                    cel.tables         | cel,cel
                    start.from         | yesterday
                    end.at             | tomorrow
                    max.rows.per.second | -1
                    poll.interval.ms   | 0
                    batch.rows         | 0
                    pbxs.east.batch.rows | 1000000
                    query.timeout.ms   | 1
                    timezone           | Toronto
                    timezone.fallback  | auto
                    topic.prefix       | a topic
                    gap.timeout.ms     | -1
                    gap.max.ranges     | 0
                    restart.lookback.ms | -1
                    rewind.before      | now
                    keyless.longest.call.ms | 0
                    node.from          | hostname
                    recordings.tables  | rec,rec
                    pbxs.east.keyless.wide.interval.ms | 10
                    """)
    void whatBreaksItsRuleIsRefusedByName(String key, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("pbxs", "east", "database.url", URL));
        settings.put(key, value);

        assertThatThrownBy(() -> new DatabaseSourceConfig(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("must be");
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> new DatabaseSourceConfig(
                        Map.of("pbxs", "east", "database.url", URL + "?user=a&password=geheim")))
                .hasMessageContaining("database.password")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void everyKeyIsDocumentedAndItsRuleHasWords() {
        assertThat(DatabaseSourceConfig.definition().configKeys().values()).allSatisfy(key -> {
            assertThat(key.documentation).endsWith(".");
            assertThat(key.group).isNotBlank();
            if (key.validator != null) {
                assertThat(key.validator.toString()).doesNotContain("@");
            }
        });
    }

    private static PbxConfig only(Map<String, String> settings) {
        List<PbxConfig> pbxs = new DatabaseSourceConfig(settings).pbxs();
        assertThat(pbxs).hasSize(1);
        return pbxs.get(0);
    }
}
