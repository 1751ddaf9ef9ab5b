package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a call's documents are written. */
class PhasesTest extends TopologyFixture {
    @Test
    void aCallIsCompleteWhenItHasBeenQuietAfterItsEnd() {
        CallKey call = anyAnsweredCall();
        write(calls.get(call));

        pass(COMPLETE_AFTER.minus(A_MOMENT));
        assertThat(documents()).isEmpty();

        pass(A_MOMENT.multipliedBy(2));
        List<JsonNode> documents = documents();
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).get("ship_phase").asText()).isEqualTo("complete");
        assertThat(documents.get(0).get("is_complete").asBoolean()).isTrue();
        assertThat(documents.get(0).get("revision").asInt()).isEqualTo(1);
        assertThat(documents.get(0).get("linkedid").asText()).isEqualTo(call.linkedid());
    }

    @Test
    void aCallThatGoesOnIsShownThenUpdatedThenCompleted() {
        CallKey call = anyAnsweredCall();
        List<Row> rows = calls.get(call);
        write(rows.subList(0, 4));

        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        write(rows.subList(4, 10));
        pass(Duration.ofSeconds(11));
        write(rows.subList(10, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("1 initial", "2 update", "3 complete");
    }

    @Test
    void inCompleteModeOnlyTheEndIsTold() {
        driver.close();
        start(Map.of("shipping.mode", "complete"));
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.subList(0, 4));
        pass(Duration.ofMinutes(5));
        write(rows.subList(4, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    @Test
    void aCdrThatComesAfterTheEndMakesANewRevisionThatIsStillComplete() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.stream().filter(Cel.class::isInstance).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofMinutes(5));
        write(rows.stream().filter(Cdr.class::isInstance).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("1 complete", "2 complete");
        assertThat(documents.get(0).get("completeness").get("cdr").asBoolean()).isFalse();
        assertThat(documents.get(1).get("completeness").get("cdr").asBoolean()).isTrue();
    }

    @Test
    void whileThereIsABacklogNoCallGrowsOld() {
        write(calls.get(anyAnsweredCall()));
        backlogIsRead = false;
        pass(Duration.ofHours(1));
        assertThat(documents()).isEmpty();

        backlogIsRead = true;
        pass(A_MOMENT);
        assertThat(documents()).hasSize(1);
    }

    @Test
    void withoutEventsACallIsCompleteOnceItsCdrsHaveBeenQuietForLonger() {
        write(calls.get(anyAnsweredCall()).stream()
                .filter(Cdr.class::isInstance)
                .toList());

        pass(Duration.ofSeconds(59));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 initial");

        pass(Duration.ofSeconds(2));
        JsonNode document = documents().get(0);
        assertThat(revisionAndPhase(document)).isEqualTo("2 complete");
        assertThat(document.get("disposition").asText()).isEqualTo("ANSWERED");
        assertThat(document.get("answered_by").get("extension").asText()).isEqualTo("101");
    }

    @Test
    void aCallWithoutEndCountsAsOverAfterALongSilenceAndSaysSo() {
        write(calls.get(anyAnsweredCall()).subList(0, 4));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofHours(12));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("1 initial", "2 complete");
        assertThat(documents.get(1).get("ended_by").asText()).isEqualTo("max_duration");
    }

    @Test
    void aCallThatWasGivenUpIsOpenedAgainByItsNextRow() {
        List<Row> rows = events(calls.get(anyAnsweredCall()));
        write(rows.subList(0, 4));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofHours(12));
        write(rows.subList(4, 10));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofSeconds(2));
        write(rows.subList(10, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("1 initial", "2 complete", "3 update", "4 complete");
        assertThat(documents.get(2).has("ended_by")).isFalse();
        assertThat(documents.get(3).get("ended_by").asText()).isEqualTo("hangup");
    }

    @Test
    void aCallThatNeverFallsSilentIsGivenUpAfterTheLongestDurationOfACall() {
        Row first = events(calls.get(anyAnsweredCall())).get(0);
        write(List.of(first));
        for (int hour = 1; hour <= 24; hour++) {
            pass(Duration.ofHours(1));
            write(List.of(with(first, Map.of("position", 100_000 + hour, "eventtype", "VIP"))));
        }
        pass(A_MOMENT);

        List<JsonNode> documents = documents();
        JsonNode last = documents.get(documents.size() - 1);
        assertThat(last.get("ship_phase").asText()).isEqualTo("complete");
        assertThat(last.get("ended_by").asText()).isEqualTo("max_duration");
    }

    @Test
    void whatHappensAtOnceIsToldAtOnceAndInOneDocument() {
        List<Row> rows = events(calls.get(anyAnsweredCall()));
        write(rows.subList(0, 2));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).hasSize(1);

        write(rows.stream().filter(row -> isOf(row, CelEventType.ANSWER)).toList());
        pass(Duration.ofMillis(500));
        write(rows.stream().filter(row -> isOf(row, CelEventType.BRIDGE_ENTER)).toList());
        pass(Duration.ofMillis(700));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 update");
    }

    @Test
    void chatterWaitsForTheUpdateIntervalOfLongCalls() {
        List<Row> rows = events(calls.get(anyAnsweredCall()));
        write(rows.subList(0, 2));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).hasSize(1);

        write(List.of(with(rows.get(0), Map.of("position", 100_000, "eventtype", "VIP"))));
        pass(Duration.ofMinutes(9));
        assertThat(documents()).isEmpty();

        pass(Duration.ofMinutes(2));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 update");
    }

    @Test
    void aLegThatEndedWhileItsCallerWaitsForTheNextAgentDoesNotEndTheCallAtOnce() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.stream().filter(row -> !endsChannel(row)).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).isEmpty();

        write(List.of(with(events(rows).get(0), Map.of("position", 100_000, "uniqueid", "1795305288.9"))));
        pass(Duration.ofMinutes(5));
        assertThat(documents())
                .noneMatch(document -> document.get("is_complete").asBoolean());
    }

    @Test
    void aCallWhoseLastEventsWereLostEndsByItsCdrs() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.stream().filter(row -> !endsChannel(row)).toList());
        pass(Duration.ofSeconds(61));

        List<JsonNode> documents = documents();
        assertThat(documents.get(documents.size() - 1).get("ended_by").asText()).isEqualTo("hangup");
    }

    @Test
    void aCallWithoutLinkedidEndIsOverWhenAllOfItsChannelsAre() {
        List<Row> rows = events(calls.get(anyAnsweredCall()));
        write(rows.stream().filter(row -> !isOf(row, CelEventType.LINKEDID_END)).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    private static boolean endsChannel(Row row) {
        return isOf(row, CelEventType.CHAN_END)
                || isOf(row, CelEventType.HANGUP)
                || isOf(row, CelEventType.LINKEDID_END);
    }

    private static boolean isOf(Row row, CelEventType type) {
        return row instanceof Cel cel && cel.type() == type;
    }

    @Test
    void aCallWhoseEveryCdrIsFilteredIsNotTold() {
        driver.close();
        start(Map.of("cdr.filter.min.duration.seconds", "3600"));
        write(calls.get(anyAnsweredCall()));
        pass(Duration.ofMinutes(5));

        assertThat(documents()).isEmpty();
    }

    @Test
    void afterTheHistoryWindowNothingIsLeft() {
        calls.values().forEach(this::write);
        for (int hour = 0; hour < 8 * 24; hour++) {
            pass(Duration.ofHours(1));
        }

        for (String store : List.of(
                CallStores.ROWS,
                CallStores.PACKS,
                CallStores.CALLS,
                CallStores.OPEN,
                CallStores.TIMERS,
                CallStores.CHANNELS,
                CallStores.TIES)) {
            assertThat(isEmpty(store)).isTrue();
        }
    }
}
