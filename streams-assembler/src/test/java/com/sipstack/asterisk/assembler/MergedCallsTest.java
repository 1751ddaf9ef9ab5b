package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CallTies;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that channels went over between: the older one lives on and tells the whole story, in whatever order the rows come. */
class MergedCallsTest extends TopologyFixture {
    /** A transfer by two calls of one phone: 101 has John Smith on the one and Bob on the other, and puts them together. */
    private static final String TWO_CALLS = """
            0    | CHAN_START       | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 |
            0.2  | CHAN_START       | PJSIP/101-00000002  | 1 | 0 | 101        | s           |
            2    | ANSWER           | PJSIP/101-00000002  | 1 | 0 | 101        | 16475550101 |
            2    | ANSWER           | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 |
            2.1  | BRIDGE_ENTER     | PJSIP/101-00000002  | 1 | 0 | 101        |             | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            2.1  | BRIDGE_ENTER     | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            7    | CHAN_START       | PJSIP/101-00000003  | 5 | 5 | 101        | 102         |
            7.1  | CHAN_START       | PJSIP/102-00000004  | 6 | 5 | 102        | s           |
            9    | ANSWER           | PJSIP/102-00000004  | 6 | 5 | 102        | 102         |
            9    | ANSWER           | PJSIP/101-00000003  | 5 | 5 | 101        | 102         |
            9.1  | BRIDGE_ENTER     | PJSIP/102-00000004  | 6 | 5 | 102        |             | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
            9.1  | BRIDGE_ENTER     | PJSIP/101-00000003  | 5 | 5 | 101        | 102         | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
            12   | ATTENDEDTRANSFER | PJSIP/101-00000002  | 1 | 0 | 101        |             | {"bridge1_id":"b1","channel2_name":"PJSIP/101-00000003","channel2_uniqueid":"1795305288.5","bridge2_id":"b2","transferee_channel_name":"PJSIP/bell-00000001","transferee_channel_uniqueid":"1795305288.0","transfer_target_channel_name":"PJSIP/102-00000004","transfer_target_channel_uniqueid":"1795305288.6"}
            12   | BRIDGE_EXIT      | PJSIP/101-00000002  | 1 | 0 | 101        |             | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            12   | BRIDGE_EXIT      | PJSIP/101-00000003  | 5 | 5 | 101        | 102         | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
            12   | BRIDGE_EXIT      | PJSIP/102-00000004  | 6 | 5 | 102        |             | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
            12.1 | BRIDGE_ENTER     | PJSIP/102-00000004  | 6 | 0 | 102        |             | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            12.1 | HANGUP           | PJSIP/101-00000002  | 1 | 0 | 101        |             | {"hangupcause":16,"hangupsource":"","dialstatus":""}
            12.1 | CHAN_END         | PJSIP/101-00000002  | 1 | 0 | 101        |             |
            12.1 | HANGUP           | PJSIP/101-00000003  | 5 | 5 | 101        |             | {"hangupcause":16,"hangupsource":"","dialstatus":"ANSWER"}
            12.1 | CHAN_END         | PJSIP/101-00000003  | 5 | 5 | 101        |             |
            12.1 | LINKEDID_END     | PJSIP/101-00000003  | 5 | 5 | 101        |             |
            20   | BRIDGE_EXIT      | PJSIP/102-00000004  | 6 | 0 | 102        |             | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            20   | BRIDGE_EXIT      | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
            20   | HANGUP           | PJSIP/102-00000004  | 6 | 0 | 102        |             | {"hangupcause":16,"hangupsource":"","dialstatus":""}
            20   | CHAN_END         | PJSIP/102-00000004  | 6 | 0 | 102        |             |
            20   | HANGUP           | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 | {"hangupcause":16,"hangupsource":"PJSIP/102-00000004","dialstatus":"ANSWER"}
            20   | CHAN_END         | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 |
            20   | LINKEDID_END     | PJSIP/bell-00000001 | 0 | 0 | 4165551234 | 16475550101 |
            """;

    /**
     * Two calls.
     *
     * @param survivor the linkedid of the one that lives on
     * @param rows of both, as they were raised
     */
    private record Merger(String kind, String survivor, String retired, List<Row> rows) {
        /** What tells that the two belong together. */
        boolean isTie(Row row) {
            boolean wentOver =
                    row.linkedid().equals(survivor) && channelsOf(retired).contains(row.uniqueid());
            boolean namesOther = row instanceof Cel cel
                    && (cel.type() == CelEventType.ATTENDEDTRANSFER || cel.type() == CelEventType.PICKUP);
            return wentOver || namesOther;
        }

        Set<String> channelsOf(String linkedid) {
            return rows.stream()
                    .filter(row -> row.linkedid().equals(linkedid))
                    .map(Row::uniqueid)
                    .collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Merger> mergers() {
        Merger transfer = new Merger("transfer by two calls", "1795305288.0", "1795305288.5", table());
        return Stream.concat(Stream.of(transfer), recorded());
    }

    /** Calls that were parked and fetched, and calls that were picked up. */
    private static Stream<Merger> recorded() {
        List<Row> rows = CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX);
        return CallTies.of(rows).groups().stream()
                .filter(group -> group.size() == 2)
                .map(group -> new Merger(
                        "recorded " + group,
                        group.get(0),
                        group.get(1),
                        rows.stream()
                                .filter(row -> group.contains(row.linkedid()))
                                .toList()));
    }

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        TWO_CALLS.lines().map(line -> line.split("\\|", -1)).forEach(line -> rows.add(row(line, rows.size())));
        return rows;
    }

    private static Row row(String[] line, int position) {
        Map<String, Object> columns = new HashMap<>(Map.of(
                "pbx",
                PBX,
                "source",
                "database",
                "origin",
                "cel#0",
                "position",
                (long) position,
                "context",
                "from-internal"));
        columns.put("event_time", 1_795_305_288_000_000L + Math.round(Double.parseDouble(line[0].strip()) * 1e6));
        columns.put("eventtype", line[1].strip());
        columns.put("channame", line[2].strip());
        columns.put("uniqueid", "1795305288." + line[3].strip());
        columns.put("linkedid", "1795305288." + line[4].strip());
        columns.put("cid_num", line[5].strip());
        columns.put("exten", line[6].strip());
        columns.put("extra", line[7].strip());
        return Cel.MAPPING.fromColumns(columns);
    }

    @Test
    void aTransferByTwoCallsIsATransferOfTheFirst() {
        Merger transfer = mergers().findFirst().orElseThrow();
        write(transfer.rows());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        JsonNode told = lastDocuments().get(transfer.survivor());
        assertThat(told.at("/transfers/0/kind").asText()).isEqualTo("attended");
        assertThat(told.at("/transfers/0/to/extension").asText()).isEqualTo("102");
        assertThat(told.at("/final_party/extension").asText()).isEqualTo("102");
        assertThat(told.at("/answered_by/extension").asText()).isEqualTo("101");
    }

    @ParameterizedTest
    @MethodSource("mergers")
    void callsWhoseTieIsSeenWhileTheyGoOnAreMerged(Merger merger) {
        write(merger.rows());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertMerged(merger, lastDocuments());
    }

    @ParameterizedTest
    @MethodSource("mergers")
    void callsWhoseTieIsSeenAfterBothWereCompleteAreMergedThen(Merger merger) {
        write(merger.rows().stream().filter(row -> !merger.isTie(row)).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> apart = lastDocuments();
        assertThat(apart.keySet()).containsExactlyInAnyOrder(merger.survivor(), merger.retired());
        assertThat(apart.values()).allSatisfy(document -> {
            assertThat(document.get("is_complete").asBoolean()).isTrue();
            assertThat(document.has("merged_into")).isFalse();
            assertThat(document.has("related_linkedids")).isFalse();
        });

        write(merger.rows().stream().filter(merger::isTie).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> merged = lastDocuments();
        assertMerged(merger, merged);
        assertThat(merged.values())
                .allSatisfy(
                        document -> assertThat(document.get("revision").asInt()).isEqualTo(2));
    }

    @ParameterizedTest
    @MethodSource("mergers")
    void callsWhoseRowsComeBackwardsAreMergedTheSame(Merger merger) {
        List<Row> backwards = new ArrayList<>(merger.rows());
        Collections.reverse(backwards);
        write(backwards);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertMerged(merger, lastDocuments());
    }

    private void assertMerged(Merger merger, Map<String, JsonNode> documents) {
        JsonNode survivor = documents.get(merger.survivor());
        JsonNode retired = documents.get(merger.retired());
        assertThat(survivor.get("related_linkedids")).hasToString("[\"" + merger.retired() + "\"]");
        assertThat(survivor.has("merged_into")).isFalse();
        assertThat(retired.get("related_linkedids")).hasToString("[\"" + merger.survivor() + "\"]");
        assertThat(retired.get("merged_into").asText()).isEqualTo(merger.survivor());
        assertThat(survivor.get("call_threads").findValuesAsText("uniqueid"))
                .containsAll(merger.channelsOf(merger.retired()));
        for (JsonNode document : List.of(survivor, retired)) {
            assertThat(document.get("is_complete").asBoolean()).isTrue();
            assertThat(content(document))
                    .isEqualTo(interpreted(merger, document.get("linkedid").asText()));
        }
        assertThat(documents).hasSize(2);
        assertThat(letters()).isEmpty();
    }

    /** Two who were put together talk on for hours, in which no row is written. */
    @Test
    void theRowsOfARetiredCallStayWhileTheOneThatTellsOfItGoesOn() {
        Merger merger = mergers().findFirst().orElseThrow();
        int hangup = merger.rows().size() - 7;
        write(merger.rows().subList(0, hangup));
        for (int hour = 0; hour < 8; hour++) {
            pass(Duration.ofHours(1));
        }
        write(merger.rows().subList(hangup, merger.rows().size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(content(lastDocuments().get(merger.survivor()))).isEqualTo(interpreted(merger, merger.survivor()));
    }

    /** As a PBX does that gives one channel to all of its calls: the work for each row must not grow with them. */
    @Test
    void ofCallsThatAreAllTiedToOneAFewAreToldTogether() {
        Row hub = table().get(0);
        write(List.of(hub));
        for (int other = 1; other <= 200; other++) {
            String linkedid = "1795305300." + other;
            write(List.of(with(hub, Map.of("linkedid", linkedid, "position", 1_000 + other))));
        }
        pass(COMPLETE_AFTER.plus(INCOMPLETE_AFTER));

        Map<String, JsonNode> told = lastDocuments();
        assertThat(told).hasSize(201);
        assertThat(told.values())
                .allSatisfy(document ->
                        assertThat(document.get("related_linkedids").size()).isEqualTo(49));
        assertThat(letters()).isEmpty();
    }

    /** What the interpreter says of all rows together. */
    private static JsonNode interpreted(Merger merger, String linkedid) {
        CallRows rows = CallRows.of(new CallKey(PBX, linkedid), merger.rows());
        CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(PBX, "CA"));
        return json(DocumentJson.write(interpreter.interpret(rows, Ending.HANGUP)));
    }

    private static JsonNode content(JsonNode document) {
        return ((ObjectNode) document.deepCopy()).remove(List.of("revision", "ship_phase", "is_complete"));
    }
}
