package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
    private static final String KEY = "pbx-east|1795305379.310";
    private static final String JSON =
            "{\"hostname\":\"pbx1\",\"zeta\":6.10,\"linkedid\":\"1795305379.310\",\"revision\":3,\"alpha\":[null]}";

    private final DocumentReader reader = new DocumentReader();

    @Test
    void bytesAndTextAreSentAsTheyAreButForShippedAt() throws Exception {
        for (Object value : List.of(JSON, JSON.getBytes(StandardCharsets.UTF_8))) {
            OutboundDocument document = reader.read(Calls.record(KEY, value));

            assertThat(document.json().utf8()).isEqualTo(JSON);
            assertThat(document.hostname()).isEqualTo("pbx1");
            assertThat(document.revision()).isEqualTo(3);
            assertThat(document.call()).hasToString(KEY);
        }
    }

    @Test
    void aMapIsReadToo() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("linkedid", "1.2");
        fields.put("hostname", "pbx1");

        assertThat(reader.read(Calls.record(KEY, fields)).json().utf8())
                .isEqualTo("{\"linkedid\":\"1.2\",\"hostname\":\"pbx1\"}");
    }

    @Test
    void shippedAtIsTheLastFieldAndTheSinksOwn() throws Exception {
        String replayed = "{\"shipped_at\":\"2020-01-01T00:00:00Z\",\"linkedid\":\"1.2\",\"hostname\":\"pbx1\"}";
        OutboundDocument document = reader.read(Calls.record(KEY, replayed));

        assertThat(document.shippedAt(Instant.parse("2026-11-21T23:56:19.123456Z"))
                        .utf8())
                .isEqualTo("{\"linkedid\":\"1.2\",\"hostname\":\"pbx1\",\"shipped_at\":\"2026-11-21T23:56:19.123Z\"}");
    }

    @Test
    void theIdempotencyKeyKnowsADocumentAgainWhateverTheOrderOfItsFields() throws Exception {
        String shuffled =
                "{\"alpha\":[null],\"revision\":3,\"linkedid\":\"1795305379.310\",\"zeta\":6.10,\"hostname\":\"pbx1\","
                        + "\"shipped_at\":\"2020-01-01T00:00:00Z\"}";
        String key = reader.read(Calls.record(KEY, JSON)).idempotencyKey();

        assertThat(key).matches("pbx-east/1795305379\\.310/3/[0-9a-f]{16}");
        assertThat(reader.read(Calls.record(KEY, shuffled)).idempotencyKey()).isEqualTo(key);
        assertThat(reader.read(Calls.record(KEY, JSON.replace("6.10", "6.11"))).idempotencyKey())
                .isNotEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"linkedid\":\"1.2\"};            the document has no hostname",
                "{\"hostname\":\"pbx1\"};           the document has no linkedid",
                "{\"hostname\":\" \",\"linkedid\":\"1.2\"}; the document has no hostname",
                "{\"hostname\":5,\"linkedid\":\"1.2\"}; the document has no hostname",
                "[];                                the value is not a JSON object",
                "nonsense;                          the value is not JSON",
                "{} {};                             the value is not JSON",
                "{\"linkedid\":\"1\",\"linkedid\":\"2\"}; Duplicate field"
            })
    void aValueThatIsNoDocumentSaysWhy(String value, String reason) {
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> reader.read(Calls.record(KEY, value)))
                .withMessageContaining(reason)
                .satisfies(cause -> assertThat(cause.pbx()).contains("pbx-east"));
    }

    @Test
    void aValueOfAnotherTypeNamesTheConverterToUse() {
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> reader.read(Calls.record(KEY, 5)))
                .withMessageContaining("java.lang.Integer")
                .withMessageContaining("ByteArrayConverter");
    }

    @Test
    void aKeyThatIsNoCallIsRefused() {
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> reader.read(Calls.record("pbx-east", JSON)))
                .withMessageContaining("not pbx|linkedid")
                .satisfies(cause -> assertThat(cause.pbx()).isEmpty());
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> reader.read(Calls.record(null, JSON)))
                .withMessageContaining("StringConverter");
    }
}
