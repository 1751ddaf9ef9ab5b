package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.Mutations;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a topic of rows, it is a row of its PBX or is told to be none. */
class RowReaderFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topics TOPICS = new Topics("asterisk");
    private static final RowReader READER = reader();
    private static final int SEEDS = 10;
    private static final int MUTATIONS = 1_000;

    static Stream<byte[]> corpus() {
        return Stream.of("cel", "cdr")
                .flatMap(
                        table -> Corpus.PBX_20.rows(table).stream().limit(SEEDS).map(row -> json(table, row)));
    }

    private static byte[] json(String table, Map<String, Object> row) {
        Map<String, Object> columns = new LinkedHashMap<>(row);
        columns.remove("inserted_at");
        columns.putAll(Map.of("pbx", "east", "source", "database", "origin", table + "#0", "position", 1));
        columns.put(table.equals("cel") ? "event_time" : "start_time", 1_795_305_288_000_000L);
        try {
            return JSON.writeValueAsBytes(columns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the corpus is no JSON", e);
        }
    }

    @Tag("long")
    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m") // the last annotation, or Jazzer refuses it
    void aValueIsARowOrToldToBeNone(byte[] value) {
        for (String topic : new String[] {TOPICS.cdr(), TOPICS.cel()}) {
            try {
                Row row = READER.read(topic, "east", new RecordHeaders(), value);
                assertThat(row.provenance().pbx()).isEqualTo("east");
            } catch (RowFormatException e) {
                assertThat(e).hasMessageMatching("(?s).+"); // the letter says why
            }
        }
    }

    @Test
    void aSpoiltValueIsARowOrToldToBeNone() {
        Stream.concat(corpus(), Mutations.of(corpus().toList(), MUTATIONS)).forEach(this::aValueIsARowOrToldToBeNone);
    }

    private static RowReader reader() {
        return new RowReader(new AssemblerConfig(Map.of("bootstrap.servers", "localhost:1")));
    }
}
