package com.sipstack.asterisk.source.debezium;

import static com.sipstack.asterisk.source.debezium.ChangeEvent.bare;
import static com.sipstack.asterisk.source.debezium.ChangeEvent.chanStart;
import static com.sipstack.asterisk.source.debezium.ChangeEvent.enveloped;
import static com.sipstack.asterisk.source.debezium.ChangeEvent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowSource;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskRowTest {
    @ParameterizedTest
    @ValueSource(strings = {"c", "u", "r"})
    void aRowIsToldAsTheDatabaseSourceTellsIt(String op) {
        SourceRecord record = east().apply(enveloped(op, null, chanStart()));

        assertThat(record.topic()).isEqualTo("asterisk.cel");
        assertThat(record.kafkaPartition()).isNull();
        assertThat(record.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(record.key()).isEqualTo("east");
        assertThat(record.valueSchema()).isEqualTo(Cel.MAPPING.schema());
        assertThat(record.sourcePartition()).isEqualTo(ChangeEvent.PARTITION);
        assertThat(record.sourceOffset()).isEqualTo(ChangeEvent.OFFSET);
        Cel cel = Cel.MAPPING.fromConnect(record.value());
        assertThat(cel.provenance()).isEqualTo(new Provenance("east", RowSource.CDC, "cel#0", 7L));
        assertThat(cel.localTime()).isEqualTo("2026-11-21 18:54:48.500000");
        assertThat(cel.eventTime()).isEqualTo(1795305288_500000L);
        assertThat(cel.extra()).isEmpty();
        assertThat(cel.custom()).isEmpty();
    }

    @Test
    void aRowOutOfItsEnvelopeIsTheSame() {
        Struct row = with(with(chanStart(), "__op", "u"), "__deleted", "false");

        assertThat(east().apply(bare(row)).value())
                .isEqualTo(east().apply(enveloped("c", null, chanStart())).value());
    }

    @Test
    void aRowWhoseTopicWasChangedIsKnownByItsSchema() {
        SourceRecord event = ChangeEvent.record("elsewhere", chanStart().schema(), chanStart());

        assertThat(configured("pbx.from", "topic-prefix").apply(event).key()).isEqualTo("east");
    }

    @Test
    void nullIsNotTheColumnsDefault() {
        Struct row = chanStart().put("linkedid", null);

        assertThat(cel(east().apply(enveloped("c", null, row))).linkedid()).isNull();
    }

    @Test
    void columnsThatAreNotAsterisksAreCarriedAlong() {
        Struct row = chanStart().put("site", "Oslo").put("position", "left");

        Cel cel = cel(east().apply(enveloped("c", null, row)));
        assertThat(cel.custom()).isEqualTo(Map.of("site", "Oslo", "position", "left"));
        assertThat(cel.provenance().position()).isEqualTo(7);
    }

    @Test
    void deletionsAreNotTold() {
        AsteriskRow transformation = east();

        assertThat(transformation.apply(enveloped("d", chanStart(), null))).isNull();
        assertThat(transformation.apply(ChangeEvent.record("east.public.cel", null, null)))
                .isNull();
        assertThat(transformation.apply(bare(with(chanStart(), "__deleted", "true"))))
                .isNull();
        assertThat(transformation.apply(bare(with(chanStart(), "__op", "d")))).isNull();
        assertThat(transformation.apply(enveloped("t", null, null))).isNull();
    }

    @Test
    void everythingElsePassesAsItIs() {
        Schema heartbeat = SchemaBuilder.struct()
                .name("io.debezium.connector.common.Heartbeat")
                .field("ts_ms", Schema.INT64_SCHEMA)
                .build();
        for (SourceRecord event : new SourceRecord[] {
            enveloped("c", null, chanStart(), "voicemail"),
            enveloped("c", null, chanStart(), "my_cel"),
            ChangeEvent.record("__debezium-heartbeat.east.cel", heartbeat, new Struct(heartbeat).put("ts_ms", 1L)),
            ChangeEvent.record("east", null, null),
            ChangeEvent.record("cel", Schema.STRING_SCHEMA, "of no server")
        }) {
            assertThat(east().apply(event)).isSameAs(event);
        }
    }

    @Test
    void aRowOfNoCallBecomesADeadLetter() {
        Struct row = chanStart().put("uniqueid", "").put("linkedid", "");

        SourceRecord letter = east().apply(enveloped("c", null, row));
        assertThat(letter.topic()).isEqualTo("asterisk.dlq");
        assertThat(letter.key()).isEqualTo("east");
        assertThat(letter.sourceOffset()).isEqualTo(ChangeEvent.OFFSET);
        assertThat(header(letter, "reason")).isEqualTo("row has neither linkedid nor uniqueid");
        assertThat(header(letter, "origin")).isEqualTo("cel#0");
        assertThat(header(letter, "position")).isEqualTo("7");
        assertThat(letter.value())
                .asInstanceOf(MAP)
                .containsEntry("eventtype", "CHAN_START")
                .containsEntry("site", null);
    }

    @Test
    void whatIsNoRowAtAllBecomesADeadLetter() {
        SourceRecord letter = east().apply(ChangeEvent.record("east.public.cel", null, Map.of("id", 7)));

        assertThat(letter.topic()).isEqualTo("asterisk.dlq");
        assertThat(header(letter, "reason")).endsWith("and no Struct");
        assertThat(letter.value()).isEqualTo(Map.of("value", "{id=7}"));
    }

    @Test
    void aTopicPrefixThatIsNoPbxBecomesADeadLetter() {
        Struct row = chanStart();
        SourceRecord event = ChangeEvent.record("e@st.public.cel", row.schema(), row);

        SourceRecord letter = configured("pbx.from", "topic-prefix").apply(event);
        assertThat(letter.topic()).isEqualTo("asterisk.dlq");
        assertThat(header(letter, "reason")).startsWith("topic prefix 'e@st' is taken for the PBX's name");
    }

    @Test
    void aValueThatPostgresDoesNotSendIsThatOfTheRowBefore() {
        Struct before = chanStart().put("extra", "long");
        Struct after = chanStart().put("extra", "__debezium_unavailable_value");

        assertThat(cel(east().apply(enveloped("u", before, after))).extra()).isEqualTo("long");
        SourceRecord letter = east().apply(enveloped("u", null, after));
        assertThat(header(letter, "reason")).contains("[extra]", "REPLICA IDENTITY FULL");
    }

    @Test
    void theFallbackServesUntilARowTellsTheZone() {
        AsteriskRow transformation = configured("pbx", "east", "timezone.fallback", "Europe/Berlin");
        Struct answer = chanStart().put("eventtype", "ANSWER");

        assertThat(eventTime(transformation, answer)).isEqualTo(1795283688_500000L);
        assertThat(eventTime(transformation, chanStart())).isEqualTo(1795305288_500000L);
        assertThat(eventTime(transformation, answer)).isEqualTo(1795305288_500000L);
    }

    @Test
    void settingsAreHeeded() {
        AsteriskRow transformation = configured(
                "pbx.from", "topic-prefix",
                "cdr.tables", "",
                "cel.tables", "public.cel",
                "topic.prefix", "lab",
                "timezone", "UTC",
                "epoch", "3");

        SourceRecord record = transformation.apply(enveloped("c", null, chanStart()));
        assertThat(record.topic()).isEqualTo("lab.cel");
        Cel cel = cel(record);
        assertThat(cel.provenance()).isEqualTo(new Provenance("east", RowSource.CDC, "public.cel#3", 7L));
        assertThat(cel.eventTime()).isEqualTo(1795287288_500000L);
    }

    @Test
    void connectFindsIt() {
        assertThat(ServiceLoader.load(Transformation.class)).hasAtLeastOneElementOfType(AsteriskRow.class);
    }

    private static AsteriskRow east() {
        return configured("pbx", "east");
    }

    private static AsteriskRow configured(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        AsteriskRow transformation = new AsteriskRow();
        transformation.configure(map);
        return transformation;
    }

    private static Cel cel(SourceRecord record) {
        assertThat(record.topic()).endsWith(".cel");
        return Cel.MAPPING.fromConnect(record.value());
    }

    private static long eventTime(AsteriskRow transformation, Struct row) {
        return cel(transformation.apply(enveloped("c", null, row))).eventTime();
    }

    private static String header(SourceRecord letter, String name) {
        return (String) letter.headers().lastWithName("sipstack.dlq." + name).value();
    }
}
