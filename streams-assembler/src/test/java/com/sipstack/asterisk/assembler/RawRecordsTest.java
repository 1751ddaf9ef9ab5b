package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that leave one by one for the raw endpoint. */
class RawRecordsTest extends TopologyFixture {
    /** Bytes: less than a document with the rows of a plain call has, more than without them. */
    private static final int DOCUMENT_WITHOUT_ROWS_FITS = 10_000;

    private List<JsonNode> raw(String kind) {
        return driver
                .createOutputTopic(TOPICS.raw(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .peek(record -> assertThat(record.key()).isEqualTo(PBX))
                .map(TestRecord::value)
                .map(TopologyFixture::json)
                .filter(record -> record.get("kind").asText().equals(kind))
                .toList();
    }

    private void restart(Map<String, String> settings) {
        driver.close();
        Map<String, String> all = new HashMap<>(settings);
        all.put("raw.enabled", "true");
        start(all);
    }

    @Test
    void nothingLeavesUnlessItIsAskedFor() {
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(raw("cdr")).isEmpty();
    }

    @Test
    void aCdrLeavesWithWhatItsCallTells() {
        restart(Map.of("tenant", "acme", "pbxs.pbx-east.hostname", "pbx-east.example.com"));
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(raw("cdr")).singleElement().satisfies(record -> {
            assertThat(record.get("hostname").asText()).isEqualTo("pbx-east.example.com");
            JsonNode cdr = record.get("record");
            assertThat(cdr.get("src").asText()).isEqualTo("4165551234");
            assertThat(cdr.get("src_number").asText()).isEqualTo("14165551234");
            assertThat(cdr.get("dst_number").asText()).isEqualTo("16475550101");
            assertThat(cdr.get("direction").asText()).isEqualTo("inbound");
            // The API refuses local times, which is what the PBX wrote
            assertThat(cdr.get("calldate").asText()).isEqualTo("2026-11-21T23:54:48Z");
            assertThat(cdr.get("started_at").asText()).isEqualTo("2026-11-21T23:54:48Z");
            assertThat(cdr.get("src_name").asText()).isEqualTo("John Smith");
            assertThat(cdr.get("call_id").asText()).isEqualTo("1795305288.0");
            assertThat(cdr.get("tenant").asText()).isEqualTo("acme");
            assertThat(cdr.has("accountcode")).isFalse();
        });
    }

    @Test
    void eachRowLeavesOnceHoweverOftenItsCallIsTold() {
        restart(Map.of());
        List<Row> rows = calls.get(anyAnsweredCall());
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(raw("cel")).hasSize(events(rows).size());

        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofHours(7));
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        List<TestRecord<String, byte[]>> later = driver.createOutputTopic(
                        TOPICS.raw(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(later).hasSize(legs(rows).size());
    }

    @Test
    void filteredCdrsStay() {
        restart(Map.of("cdr.filter.zero.duration", "true"));
        write(calls.get(new CallKey(PBX, "1795305305.40")));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        long empty = legs(calls.get(new CallKey(PBX, "1795305305.40"))).stream()
                .filter(row -> ((Cdr) row).duration() == 0)
                .count();
        assertThat(empty).isEqualTo(1);
        assertThat(raw("cdr"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.get("record").get("duration").asInt()).isPositive());
        assertThat(metrics.scrape(Companions.NONE)).contains("sipstack_assembler_cdrs_filtered_total 1.0");
    }

    @Test
    void theRowsOfACallThatWasFilteredLeaveOnceALaterCdrIsWorthSending() {
        restart(Map.of("cdr.filter.zero.duration", "true"));
        List<Row> rows = calls.get(new CallKey(PBX, "1795305305.40"));
        write(events(rows));
        write(legs(rows).stream().filter(row -> ((Cdr) row).duration() == 0).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).isEmpty();
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).hasSize(1);
        assertThat(raw("cel")).hasSameSizeAs(events(rows));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void digitsThatPeopleTypedLeaveOnlyWhereTheyAreAskedFor(boolean areAskedFor) {
        restart(Map.of("dtmf.digits", Boolean.toString(areAskedFor)));
        List<Row> menu = calls.values().stream()
                .filter(rows -> rows.stream().anyMatch(RawRecordsTest::isDigit))
                .findFirst()
                .orElseThrow();
        write(menu);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        long digits = menu.stream().filter(RawRecordsTest::isDigit).count();
        assertThat(raw("cel")).hasSize(events(menu).size() - (areAskedFor ? 0 : (int) digits));
    }

    private static boolean isDigit(Row row) {
        return row instanceof Cel cel && cel.type() == CelEventType.DTMF;
    }

    @Test
    void theLegsOfAQueueNameItAndItsAgents() {
        restart(Map.of());
        CallKey queued = calls.keySet().stream()
                .filter(call -> legs(calls.get(call)).stream().anyMatch(row -> "Queue".equals(((Cdr) row).lastapp())))
                .findFirst()
                .orElseThrow();
        write(calls.get(queued));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(raw("cdr")).isNotEmpty().allSatisfy(record -> {
            assertThat(record.get("record").get("queue_name").asText()).isEqualTo("support");
            assertThat(record.get("record").get("agent_id").asText()).matches("10\\d");
        });
    }

    @Test
    void aDocumentHasItsCallsRowsOnlyWhereTheyAreAskedFor() {
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        JsonNode plain = documents().get(0);
        assertThat(plain.has("raw_cdrs")).isFalse();
        assertThat(plain.has("raw_cels")).isFalse();

        askForRowsInDocuments(Map.of());
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        JsonNode document = documents().get(0);
        assertThat(document.get("raw_cdrs")).hasSameSizeAs(legs(calls.get(call)));
        assertThat(document.get("raw_cdrs").get(0).get("src_number").asText()).isEqualTo("14165551234");
        assertThat(document.get("raw_cdrs").get(0).get("direction").asText()).isEqualTo("inbound");
        assertThat(document.get("raw_cels")).hasSameSizeAs(events(calls.get(call)));
        assertThat(document.get("raw_cels").findValuesAsText("eventtype"))
                .startsWith("CHAN_START")
                .contains("APP_START", "CHAN_END", "LINKEDID_END");
        assertThat(((ObjectNode) document.deepCopy()).remove(List.of("raw_cdrs", "raw_cels")))
                .isEqualTo(plain);
    }

    @Test
    void digitsThatPeopleTypedStandAmongADocumentsRowsOnlyWhereTheyAreAskedFor() {
        CallKey menu = calls.keySet().stream()
                .filter(call -> calls.get(call).stream()
                        .anyMatch(row -> row instanceof Cel cel && cel.type() == CelEventType.DTMF))
                .findFirst()
                .orElseThrow();
        askForRowsInDocuments(Map.of());
        write(calls.get(menu));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().get(0).get("raw_cels").findValuesAsText("eventtype"))
                .doesNotContain("DTMF");

        askForRowsInDocuments(Map.of("dtmf.digits", "true"));
        write(calls.get(menu));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().get(0).get("raw_cels").findValuesAsText("eventtype"))
                .contains("DTMF");
    }

    @Test
    void aCdrOfLaterDaysJoinsTheRowsInItsDocument() {
        askForRowsInDocuments(Map.of());
        List<Row> rows = calls.get(anyAnsweredCall());
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        JsonNode first = documents().get(0);
        pass(Duration.ofHours(7));
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        JsonNode second = documents().get(0);
        assertThat(first.has("raw_cdrs")).isFalse();
        assertThat(second.get("raw_cdrs")).hasSameSizeAs(legs(rows));
        assertThat(second.get("raw_cels")).isEqualTo(first.get("raw_cels"));
        assertThat(second.get("revision").asInt()).isEqualTo(2);
    }

    @Test
    void rowsAreTheFirstThatADocumentWhichIsTooLargeLoses() {
        int whole = DOCUMENT_WITHOUT_ROWS_FITS;
        askForRowsInDocuments(Map.of("document.max.bytes", Integer.toString(whole)));
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        JsonNode document = documents().get(0);
        assertThat(document.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(whole);
        assertThat(document.get("truncated").toString()).contains("raw_cels").doesNotContain("call_threads", "legs");
        assertThat(document.get("call_threads_count").asInt()).isGreaterThan(5);
        assertThat(document.has("call_threads_truncated")).isFalse();
    }

    private void askForRowsInDocuments(Map<String, String> others) {
        driver.close();
        Map<String, String> settings = new HashMap<>(others);
        settings.put("document.raw.rows", "true");
        settings.put("application.id", "with-rows-" + others.size());
        start(settings);
    }
}
