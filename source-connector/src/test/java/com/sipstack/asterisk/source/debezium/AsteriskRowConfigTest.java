package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.source.database.AsteriskTable;
import com.sipstack.asterisk.source.database.RowKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskRowConfigTest {
    @Test
    void testDefaults() {
        AsteriskRowConfig config = AsteriskRowConfig.from(Map.of("pbx", "east"));

        assertThat(config.pbx()).contains("east");
        assertThat(config.tables().find("any.cdr")).contains(new AsteriskTable("cdr", RowKind.CDR));
        assertThat(config.tables().find("any.cel")).contains(new AsteriskTable("cel", RowKind.CEL));
        assertThat(config.topics().prefix()).isEqualTo("asterisk");
        assertThat(config.zone().fixed()).isEmpty();
        assertThat(config.zone().fallback()).isEqualTo(ZoneId.of("UTC"));
        assertThat(config.epoch()).isZero();
    }

    @Test
    void testExplicitMappings() {
        AsteriskRowConfig config = AsteriskRowConfig.from(Map.of(
                "pbx.from", "topic-prefix",
                "cdr.tables", "cdr,old.cdr,cdr$1",
                "cel.tables", "",
                "topic.prefix", "lab",
                "timezone", "Europe/Berlin",
                "timezone.fallback", "Z",
                "epoch", "2"));

        assertThat(config.pbx()).isEmpty();
        assertThat(config.tables().find("pbx.new.cdr")).contains(new AsteriskTable("cdr", RowKind.CDR));
        assertThat(config.tables().find("pbx.old.cdr")).contains(new AsteriskTable("old.cdr", RowKind.CDR));
        assertThat(config.tables().find("pbx.asterisk.cdr_1")).contains(new AsteriskTable("cdr$1", RowKind.CDR));
        assertThat(config.tables().find("pbx.asterisk.cel")).isEmpty();
        assertThat(config.topics().prefix()).isEqualTo("lab");
        assertThat(config.zone().fixed()).contains(ZoneId.of("Europe/Berlin"));
        assertThat(config.zone().fallback()).isEqualTo(ZoneOffset.UTC);
        assertThat(config.epoch()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "pbx, a|b",
        "pbx.from, table",
        "cdr.tables, c;dr",
        "cel.tables, cdr",
        "topic.prefix, a b",
        "timezone, Mars/Olympus",
        "timezone.fallback, auto",
        "epoch, -1"
    })
    void aWrongValueIsRefused(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("pbx", "east"));
        settings.put(setting, value);

        assertThatThrownBy(() -> AsteriskRowConfig.from(settings)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aPbxIsNamedOnce() {
        assertThatThrownBy(() -> AsteriskRowConfig.from(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pbx.from");
        assertThatThrownBy(() -> AsteriskRowConfig.from(Map.of("pbx", "east", "pbx.from", "topic-prefix")))
                .isInstanceOf(ConfigException.class);
    }
}
