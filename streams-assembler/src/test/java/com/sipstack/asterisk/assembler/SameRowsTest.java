package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Rows that come twice, out of order, or under several linkedids. */
class SameRowsTest extends TopologyFixture {
    @Test
    void aRowThatIsReadTwiceChangesNothing() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows);
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        write(rows);
        pass(Duration.ofMinutes(5));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    @Test
    void aRowThatThePbxChangesTakesThePlaceOfWhatItHadSaid() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        Cdr leg = (Cdr) rows.stream().filter(Cdr.class::isInstance).findFirst().orElseThrow();
        Map<String, Object> columns = Cdr.MAPPING.toColumns(leg);
        columns.put("billsec", 3600);
        write(List.of(Cdr.MAPPING.fromColumns(columns)));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("1 complete", "2 complete");
        assertThat(documents.get(1).get("call_threads").findValuesAsText("billsec"))
                .containsExactly("3600");
    }

    @Test
    void aLegOfATableWithoutIdsIsKnownAgain() {
        List<Row> rows = calls.get(anyAnsweredCall());
        List<Row> legs = rows.stream()
                .filter(Cdr.class::isInstance)
                .map(TopologyFixture::withoutPosition)
                .toList();
        write(rows.stream().filter(Cel.class::isInstance).toList());
        write(legs);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        write(legs);
        pass(Duration.ofMinutes(5));

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    @Test
    void twoEqualEventsOfATableWithoutIdsAreBothKept() {
        List<Row> rows = calls.get(anyAnsweredCall());
        Cel event =
                (Cel) rows.stream().filter(Cel.class::isInstance).findFirst().orElseThrow();
        Map<String, Object> columns = Cel.MAPPING.toColumns(event);
        columns.remove("position");
        columns.put("eventtype", "VIP");
        Row user = Cel.MAPPING.fromColumns(columns);
        write(rows);
        for (int reading = 0; reading < 2; reading++) {
            input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, bytes(user), now));
            TestRecord<String, byte[]> twin = new TestRecord<>(PBX, bytes(user), now);
            twin.headers().add("sipstack.twin", "2".getBytes(UTF_8));
            input(TOPICS.cel()).pipeInput(twin);
        }
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().get(0).get("events")).hasSize(2);
    }

    @Test
    void rowsOfManyCallsInAnyOrderMakeTheSameDocuments() throws Exception {
        List<Row> rows = new ArrayList<>(CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX));
        write(rows);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> inOrder = lastDocuments();
        driver.close();

        Collections.shuffle(rows, new Random(4));
        start(Map.of("state.dir", directory.resolve("second").toString()));
        write(rows);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(lastDocuments()).isEqualTo(inOrder).hasSize(83);
    }

    @Test
    void callsThatMetTellOneStoryAndPointAtEachOther() throws Exception {
        write(CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();

        int merged = 0;
        for (JsonNode entry : Corpus.PBX_20.manifest()) {
            boolean isMerger =
                    entry.get("truth").has("pickup") || entry.get("truth").has("parking");
            for (int i = 1; isMerger && i < entry.get("linkedids").size(); i++) {
                String survivor = entry.get("linkedids").get(0).asText();
                String retired = entry.get("linkedids").get(i).asText();
                assertThat(documents.get(retired).path("merged_into").asText()).isEqualTo(survivor);
                assertThat(documents.get(survivor).path("related_linkedids").toString())
                        .contains(retired);
                assertThat(documents.get(survivor).has("pickup")
                                || documents.get(survivor).has("parking"))
                        .isTrue();
                merged++;
            }
        }
        assertThat(merged).isEqualTo(4);
    }
}
