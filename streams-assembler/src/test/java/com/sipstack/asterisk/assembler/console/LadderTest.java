package com.sipstack.asterisk.assembler.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.assembler.CorpusRows;
import com.sipstack.asterisk.assembler.console.LadderLane.Mark;
import com.sipstack.asterisk.assembler.console.LadderLane.Span;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final String PBX = "pbx-east";
    private static final Map<CallKey, List<Row>> CALLS = CorpusRows.calls(Corpus.PBX_20, PBX);

    @Test
    void anAnsweredCallRingsAndTalksWithItsRecording() {
        List<LadderLane> lanes = ladder(true, "1795305288.0");

        assertThat(lanes).extracting(LadderLane::channel).containsExactly("SIP/sbc-ca1-00000000", "SIP/101-00000001");
        assertThat(kinds(lanes.get(0))).contains("wait", "talk", "recording");
        assertThat(kinds(lanes.get(1))).containsExactlyInAnyOrder("ring", "talk");
        assertThat(span(lanes.get(0), "talk").with())
                .isEqualTo(span(lanes.get(1), "talk").with());
        assertThat(span(lanes.get(1), "talk").end() - span(lanes.get(1), "talk").start())
                .isBetween(5_900.0, 6_200.0);
        assertThat(lanes.get(1).marks()).extracting(Mark::kind).containsExactly("answer", "hangup");
    }

    @Test
    void aQueueRingsOneAgentAfterTheOther() {
        List<LadderLane> lanes = ladder(true, "1795305379.310");

        assertThat(kinds(lanes.get(0))).contains("menu", "queue", "talk");
        assertThat(span(lanes.get(0), "queue").label()).isEqualTo("support");
        assertThat(lanes).extracting(LadderLane::extension).contains("107", "108");
        LadderLane missed = lanes.stream()
                .filter(lane -> "107".equals(lane.extension()))
                .findFirst()
                .orElseThrow();
        assertThat(kinds(missed)).containsExactly("ring");
    }

    @Test
    void aParkedCallStandsOnItsSlotUntilItIsFetched() {
        LadderLane caller = ladder(true, "1795305840.2553", "1795305848.2578").get(0);

        assertThat(kinds(caller)).contains("talk", "park");
        assertThat(span(caller, "park").end()).isNotNull();
    }

    @Test
    void aChannelOfTheConferenceIsInItAndDoesNotTalkAlone() {
        assertThat(kinds(ladder(true, "1795305818.2481").get(0)))
                .contains("conference")
                .doesNotContain("talk");
    }

    @Test
    void withoutEventsTheLegsOfTheDocumentAreDrawn() {
        List<LadderLane> lanes = ladder(false, "1795305288.0");

        assertThat(lanes)
                .isNotEmpty()
                .allSatisfy(lane -> assertThat(kinds(lane)).contains("ring"));
    }

    private static List<LadderLane> ladder(boolean withEvents, String... linkedids) {
        List<Row> rows = new ArrayList<>();
        for (String linkedid : linkedids) {
            rows.addAll(CALLS.get(new CallKey(PBX, linkedid)));
        }
        CallRows call = CallRows.of(new CallKey(PBX, linkedids[0]), rows);
        CallDocument document = new CallInterpreter(PbxProfile.of(PBX, "CA")).interpret(call, Ending.HANGUP);
        List<Cel> events = withEvents ? call.cels() : List.of();
        return Ladder.of(document, events);
    }

    private static List<String> kinds(LadderLane lane) {
        return lane.spans().stream().map(Span::kind).toList();
    }

    private static Span span(LadderLane lane, String kind) {
        return lane.spans().stream()
                .filter(span -> span.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
