package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a change event, it becomes a row or a dead letter, or passes; it never stops the task. */
class AsteriskRowFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEEDS = 10;
    private static final int MUTATIONS = 1_000;

    static Stream<byte[]> corpus() {
        return Stream.of("cel", "cdr")
                .flatMap(
                        table -> Corpus.PBX_20.rows(table).stream().limit(SEEDS).map(row -> event(table, row)));
    }

    private static byte[] event(String table, Map<String, Object> row) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "op", "c", "after", row, "source", Map.of("name", "east", "db", "asterisk", "table", table)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the corpus is no JSON", e);
        }
    }

    @Tag("long")
    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m") // the last annotation, or Jazzer refuses it
    void everyChangeIsToldOrPasses(byte[] event) throws IOException {
        for (String topic : new String[] {"east.asterisk.cel", "east.asterisk.cdr"}) {
            Object value = value(topic, event);
            SourceRecord record =
                    new SourceRecord(ChangeEvent.PARTITION, ChangeEvent.OFFSET, topic, null, null, null, null, value);
            try (AsteriskRow rows = new AsteriskRow()) {
                rows.configure(Map.of("pbx", "east"));
                SourceRecord told = rows.apply(record);
                assertThat(told == null || told.topic() != null).isTrue();
            }
        }
    }

    /** As a connector without schemas has it; what is no JSON at all comes as text. */
    private static Object value(String topic, byte[] event) throws IOException {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false", "converter.type", "value"));
            return converter.toConnectData(topic, event).value();
        } catch (DataException e) {
            return new String(event, StandardCharsets.UTF_8);
        }
    }

    @Test
    void everySpoiltChangeIsToldOrPasses() throws IOException {
        List<byte[]> events = Stream.concat(corpus(), Mutations.of(corpus().toList(), MUTATIONS))
                .toList();
        for (byte[] event : events) {
            everyChangeIsToldOrPasses(event);
        }
    }
}
