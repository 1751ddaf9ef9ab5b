package com.sipstack.asterisk.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private static final RecordJson<Cdr> CDRS = Cdr.MAPPING.json();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pbx\":\"east\",\"source\":\"database\",\"position\":7,\"clid\":\"\",\"dst\":null,\"duration\":12}",
                "{\"pbx\":\"east\",\"duration\":\"12\",\"billsec\":6.0,\"calldate\":\"2026-11-22 10:00:00\"}",
                "{\"pbx\":\"east\",\"tollclass\":\"local\",\"custom\":{\"region\":\"west\",\"rate\":3},\"trunk\":true}",
                "{\"clid\":\"\\\"Zo\\u00eb \\ud83d\\ude00\\\" <100>\",\"dst\":{\"not\":\"text\"}}",
                "{}"
            })
    void aRowIsReadAsConnectReadsItsJson(String json) {
        try (JsonConverter connect = new JsonConverter()) {
            connect.configure(Map.of("schemas.enable", "false"), false);
            Object data =
                    connect.toConnectData("asterisk.cdr", json.getBytes(UTF_8)).value();

            assertThat(read(json)).isEqualTo(Cdr.MAPPING.fromConnect(data));
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Cdr cdr = Cdr.MAPPING.fromColumns(
                Map.of("pbx", "east", "source", "csv", "clid", "", "duration", 7, "tollclass", "local"));

        assertThat(CDRS.read(write(cdr), 0, write(cdr).length)).isEqualTo(cdr);
    }

    /** By its bytes a row is known again, after a restart too. */
    @Test
    void customColumnsAreWrittenInTheOrderOfTheirNames() {
        Map<String, String> custom = Map.of("d", "4", "b", "2", "a", "1", "c", "3", "e", "5");

        assertThat(new String(write(Cdr.MAPPING.fromColumns(custom)), UTF_8))
                .isEqualTo("{\"custom\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\",\"e\":\"5\"}}");
    }

    @Test
    void whatIsNoRowIsRefused() {
        for (String json : List.of("", "[]", "7", "\"text\"", "null", "{\"pbx\":", "{\"duration\":\"seven\"}")) {
            assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(RowFormatException.class);
        }
        assertThatThrownBy(() -> read("{\"position\":99999999999999999999}"))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("column position");
    }

    private static Cdr read(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return CDRS.read(bytes, 0, bytes.length);
    }

    private static byte[] write(Cdr cdr) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CDRS.write(cdr, out);
        return out.toByteArray();
    }
}
