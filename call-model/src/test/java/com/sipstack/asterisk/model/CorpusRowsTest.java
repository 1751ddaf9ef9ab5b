package com.sipstack.asterisk.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of real PBXs go through our records, Connect and JSON, and come back unchanged. */
class CorpusRowsTest {
    private final JsonConverter json = new JsonConverter();

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of(Corpus.PBX_20, "cdr", Cdr.MAPPING),
                Arguments.of(Corpus.PBX_20, "cdr_freepbx", Cdr.MAPPING),
                Arguments.of(Corpus.PBX_20, "pg-cdr", Cdr.MAPPING),
                Arguments.of(Corpus.PBX_20, "cel", Cel.MAPPING),
                Arguments.of(Corpus.PBX_20, "cel_text", Cel.MAPPING),
                Arguments.of(Corpus.PBX_20, "pg-cel", Cel.MAPPING),
                Arguments.of(Corpus.PBX_22_PJSIP, "cdr", Cdr.MAPPING),
                Arguments.of(Corpus.PBX_22_PJSIP, "cel", Cel.MAPPING),
                Arguments.of(Corpus.LOAD_BATCH, "cdr", Cdr.MAPPING),
                Arguments.of(Corpus.LOAD_BATCH, "cel", Cel.MAPPING));
    }

    @BeforeEach
    void configureConverter() {
        json.configure(Map.of("schemas.enable", "false"), false);
    }

    @ParameterizedTest
    @MethodSource("tables")
    <R extends Record> void realRowsComeBackUnchanged(Corpus corpus, String table, RecordMapping<R> mapping) {
        List<Map<String, Object>> rows = corpus.rows(table);
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            Map<String, Object> read = asRead(row, table);
            R first = mapping.fromColumns(read);

            byte[] inKafka = json.fromConnectData("asterisk", mapping.schema(), mapping.toStruct(first));
            R second =
                    mapping.fromConnect(json.toConnectData("asterisk", inKafka).value());

            assertThat(second).isEqualTo(first);
            assertThat(flat(mapping.toColumns(second))).isEqualTo(flat(read));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    <R extends Record> void columnsThatNobodyKnowsAreCarriedAlong(
            Corpus corpus, String table, RecordMapping<R> mapping) {
        Map<String, Object> read = asRead(corpus.rows(table).get(0), table);
        read.put("x_customer", "4711");

        R row = mapping.fromConnect(mapping.toStruct(mapping.fromColumns(read)));

        assertThat(mapping.toColumns(row).get("custom"))
                .isEqualTo(Map.of(
                        "x_customer",
                        "4711",
                        "inserted_at",
                        read.get("inserted_at").toString()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    <R extends Record> void theSchemaHasTheNamesOfAsterisksColumns(
            Corpus corpus, String table, RecordMapping<R> mapping) {
        List<String> fields =
                mapping.schema().fields().stream().map(field -> field.name()).toList();
        Map<String, Object> read = asRead(corpus.rows(table).get(0), table);
        read.remove("inserted_at");

        assertThat(fields).containsAll(read.keySet());
        assertThat(mapping.schema().type()).isEqualTo(Schema.Type.STRUCT);
    }

    private static Map<String, Object> asRead(Map<String, Object> row, String table) {
        Map<String, Object> read = new LinkedHashMap<>(row);
        Object id = read.remove("id");
        read.put("pbx", "pbx-east");
        read.put("source", "database");
        read.put("origin", table + "#0");
        if (id != null) {
            read.put("position", id);
        }
        read.putIfAbsent("inserted_at", "");
        return read;
    }

    /** Text by column, the unknown ones beside the known: numbers of a table may be text with us. */
    private static Map<String, String> flat(Map<String, Object> columns) {
        Map<String, String> flat = new LinkedHashMap<>();
        columns.forEach((name, value) -> {
            if (value instanceof Map<?, ?> custom) {
                custom.forEach((key, text) -> flat.put(key.toString(), text.toString()));
            } else {
                flat.put(name, value.toString());
            }
        });
        return flat;
    }
}
