package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that come after their call's complete document, and what is kept for them. */
class LateRowsTest extends TopologyFixture {
    private static final Duration LATE_WINDOW = Duration.ofHours(6);

    private final List<Row> rows = calls.get(anyAnsweredCall());

    private JsonNode completeWithoutCdr() {
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        return documents().get(0);
    }

    private void pastTheLateWindow() {
        pass(LATE_WINDOW);
        pass(A_MOMENT);
    }

    @Test
    void aCompleteCallsRowsArePackedAndLateOnesWithThem() {
        completeWithoutCdr();
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
        assertThat(isEmpty(CallStores.PACKS)).isFalse();

        write(legs(rows));
        assertThat(isEmpty(CallStores.ROWS)).isFalse();
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(isEmpty(CallStores.ROWS)).isTrue();

        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
    }

    @Test
    void aCdrThatComesAfterTheLateWindowIsAddedToTheLastDocument() {
        ObjectNode first = (ObjectNode) completeWithoutCdr();
        pastTheLateWindow();
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
        ObjectNode second = (ObjectNode) documents.get(0);
        assertThat(second.get("call_threads_count").asInt())
                .isEqualTo(first.get("call_threads_count").asInt() + legs(rows).size());
        assertThat(second.get("call_threads").findValuesAsText("event")).contains("CDR", "CHAN_START", "BRIDGE_ENTER");
        assertThat(second.get("completeness").get("cdr").asBoolean()).isTrue();
        List<String> changed = List.of("revision", "call_threads", "call_threads_count", "completeness");
        assertThat(second.deepCopy().remove(changed)).isEqualTo(first.deepCopy().remove(changed));
    }

    @Test
    void aRowThatComesAgainAfterTheLateWindowChangesNothing() {
        completeWithoutCdr();
        pastTheLateWindow();
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).isEmpty();

        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
        assertThat(letters()).isEmpty();
    }

    @Test
    void whereTheLastDocumentIsGoneALateRowIsALetterAndNoPoorerDocumentIsWritten() {
        completeWithoutCdr();
        pastTheLateWindow();
        archive.lose();
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).isEmpty();
        assertThat(letters())
                .hasSize(legs(rows).size())
                .allSatisfy(letter -> assertThat(letter.reason())
                        .startsWith("too-late")
                        .contains(anyAnsweredCall().linkedid()));
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
    }

    @Test
    void whereNothingCanBeAddedToTheLastDocumentALateRowIsALetterAndTheNextCallIsTold() {
        completeWithoutCdr();
        pastTheLateWindow();
        archive.change(document -> {
            ObjectNode without = (ObjectNode) json(document);
            without.remove("call_threads");
            return without.put("call_threads_count", 0).toString().getBytes(UTF_8);
        });
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).isEmpty();
        assertThat(letters())
                .hasSize(legs(rows).size())
                .allSatisfy(letter ->
                        assertThat(letter.reason()).startsWith("too-late").contains("nothing can be added to"));
        CallKey next = new CallKey(PBX, "1795305297.20");
        write(calls.get(next));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(lastDocuments()).containsOnlyKeys(next.linkedid());
    }

    @Test
    void whileDocumentsCannotBeReadALateRowWaits() {
        completeWithoutCdr();
        pastTheLateWindow();
        archive.isDown = true;
        write(legs(rows));
        pass(Duration.ofMinutes(1));
        assertThat(documents()).isEmpty();
        assertThat(letters()).isEmpty();

        archive.isDown = false;
        pass(Duration.ofMinutes(1));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
    }

    @Test
    void aRowThatIsOlderThanAllThatIsRememberedIsALetter() {
        pass(Duration.ofDays(8));
        Row today = with(
                rows.get(0),
                Map.of("linkedid", "today", "position", 100_000, "event_time", now.toEpochMilli() * 1_000));
        write(List.of(today));
        write(legs(rows));

        assertThat(letters())
                .hasSize(legs(rows).size())
                .allSatisfy(letter -> assertThat(letter.reason()).startsWith("too-late"));
    }

    @Test
    void aPbxThatWasAwayForLongIsToldThoughItsRowsAreOld() {
        pass(Duration.ofDays(30));
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).hasSize(1);
        assertThat(letters()).isEmpty();
    }

    @Test
    void theLongestListsOfADocumentThatIsTooLargeLoseTheirMiddleAndAreNamed() {
        driver.close();
        start(Map.of("document.max.bytes", "20000"));
        List<Row> chatter = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            chatter.add(with(
                    events(rows).get(0),
                    Map.of("position", 100_000 + i, "eventtype", "VIP", "extra", "{\"extra\":\"" + i + "\"}")));
        }
        write(rows);
        write(chatter);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        JsonNode document = documents().get(0);
        assertThat(document.toString().length()).isLessThanOrEqualTo(20_000);
        assertThat(document.get("truncated").toString()).isEqualTo("[\"events\"]");
        assertThat(document.get("events").size()).isGreaterThan(10);
        assertThat(document.get("events").findValuesAsText("text")).contains("0", "499");
    }
}
