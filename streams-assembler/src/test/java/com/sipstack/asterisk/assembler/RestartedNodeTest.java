package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node whose Asterisk was started again has lost its calls. */
class RestartedNodeTest extends TopologyFixture {
    private final List<Row> open = events(calls.get(anyAnsweredCall())).subList(0, 4);

    /** A channel's start, a while after the open call's rows unless its uniqueid says otherwise. */
    private void start(String uniqueid) {
        int number = Integer.parseInt(uniqueid.substring(uniqueid.indexOf('.') + 1));
        write(List.of(
                with(open.get(0), Map.of("position", 100_000 + number, "uniqueid", uniqueid, "linkedid", uniqueid))));
    }

    private List<JsonNode> documentsOfTheOpenCall() {
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        return documents().stream()
                .filter(document -> document.get("linkedid").asText().equals("1795305288.0"))
                .toList();
    }

    @Test
    void itsOpenCallsEndAndSayWhy() {
        write(open);
        start("1795305900.0");

        assertThat(documentsOfTheOpenCall()).singleElement().satisfies(document -> {
            assertThat(document.get("is_complete").asBoolean()).isTrue();
            assertThat(document.get("ended_by").asText()).isEqualTo("restart");
        });
    }

    @Test
    void aChannelThatCountsOnIsNoRestart() {
        write(open);
        start("1795305900.17");

        assertThat(documentsOfTheOpenCall()).isEmpty();
    }

    @Test
    void aLateRowOfAnOlderChannelIsNoRestart() {
        write(open);
        start("1795305100.0");

        assertThat(documentsOfTheOpenCall()).isEmpty();
    }

    /** A table is read from days ago while the manager interface tells of now, and the PBX was restarted in between. */
    @Test
    void aLateRowOfAnOlderProcessThatHadCountedFurtherIsNoRestart() {
        write(open);
        start("1795205100.50000");
        start("1795305900.17");

        assertThat(documentsOfTheOpenCall()).isEmpty();
    }

    @Test
    void aClockThatWasDaysAheadHidesNoRestart() {
        start("1795999999.30");
        write(open);
        start("1795305900.40");
        start("1795305950.0");

        assertThat(documentsOfTheOpenCall())
                .singleElement()
                .satisfies(document ->
                        assertThat(document.get("ended_by").asText()).isEqualTo("restart"));
    }

    @Test
    void anotherNodeOfTheClusterIsNoRestart() {
        write(open);
        start("node2-1795305900.0");

        assertThat(documentsOfTheOpenCall()).isEmpty();
    }

    @Test
    void aUniqueidThatAClientChoseIsNoRestart() {
        write(open);
        write(List.of(with(open.get(0), Map.of("position", 100_000, "uniqueid", "my-call", "linkedid", "my-call"))));

        assertThat(documentsOfTheOpenCall()).isEmpty();
    }

    @Test
    void theNewProcessesCallsGoOn() {
        write(open);
        start("1795305900.0");
        start("1795305901.1");
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(lastDocuments().get("1795305900.0").get("ship_phase").asText())
                .isEqualTo("initial");
    }

    @Test
    void whereNodesShareANameACallThatWasClosedWronglyGoesOnWithItsNextRow() {
        start("1795305200.5000");
        write(open.stream()
                .map(row -> with(
                        row,
                        Map.of(
                                "linkedid",
                                "1795305288.5001",
                                "uniqueid",
                                "1795305288.500" + (row.uniqueid().endsWith(".0") ? 1 : 2))))
                .toList());
        start("1795305900.3");
        start("1795305910.5003");
        start("1795305911.4");
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(INCOMPLETE_AFTER);

        assertThat(lastDocuments().get("1795305288.5001").get("is_complete").asBoolean())
                .isFalse();
    }

    @Test
    void aRowOfAFormerCallThatComesLateAmendsItAndItStaysClosed() {
        write(open.subList(0, 2));
        start("1795305900.0");
        assertThat(documentsOfTheOpenCall()).hasSize(1);
        write(open.subList(2, 4));

        assertThat(documentsOfTheOpenCall()).singleElement().satisfies(document -> {
            assertThat(document.get("revision").asInt()).isEqualTo(2);
            assertThat(document.get("ended_by").asText()).isEqualTo("restart");
        });
    }

    @Test
    void withoutAnyEventOfTheNewProcessNothingIsTakenForARestart() {
        write(open);
        pass(Duration.ofMinutes(20));

        assertThat(documents())
                .noneMatch(document -> document.get("is_complete").asBoolean());
    }
}
