package com.sipstack.asterisk.assembler.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.CallKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final List<CallKey> changed = new ArrayList<>();
    private final Board board = new Board(5, Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC), changed::add);

    @Test
    void aCallGoesOnUntilItsDocumentIsComplete() {
        told("1.0", 1, false, 0);
        assertThat(board.count()).isEqualTo(new Board.Count(1, 0));

        told("1.0", 2, true, 0);
        assertThat(board.count()).isEqualTo(new Board.Count(0, 1));
        assertThat(board.call(key("1.0")).orElseThrow().revisions())
                .extracting(RevisionPlace::revision)
                .containsExactly(1, 2);
        assertThat(changed).containsExactly(key("1.0"), key("1.0"));
    }

    @Test
    void anOlderRevisionThatComesAgainChangesNothing() {
        told("1.0", 2, true, 0);
        told("1.0", 1, false, 0);
        told("1.0", 2, true, 0);

        assertThat(board.count()).isEqualTo(new Board.Count(0, 1));
        assertThat(changed).hasSize(1);
    }

    @Test
    void aFinishedCallGoesWhenItIsOldAndOneThatGoesOnStays() {
        told("1.0", 1, false, -7_200);
        told("2.0", 1, true, -7_200);
        told("3.0", 1, true, -60);

        assertThat(board.all()).extracting(call -> call.summary().linkedid()).containsExactly("1.0", "3.0");
        assertThat(changed).contains(key("2.0"));
    }

    @Test
    void theOldestFinishedCallGoesFirstWhenThereAreTooMany() {
        told("live", 1, false, -500);
        for (int i = 0; i < 10; i++) {
            told(i + ".0", 1, true, -100 + i);
        }

        assertThat(board.count()).isEqualTo(new Board.Count(1, 4));
        assertThat(board.call(key("0.0"))).isEmpty();
        assertThat(board.call(key("9.0"))).isPresent();
    }

    @Test
    void moreCallsInProgressThanThereIsRoomForDoNotGrowIt() {
        for (int i = 0; i < 1_000; i++) {
            told(i + ".0", 1, false, 0);
        }

        assertThat(board.count()).isEqualTo(new Board.Count(5, 0));
    }

    @Test
    void aCallThatIsToldAThousandTimesKeepsItsFirstAndItsLatestRevisions() {
        for (int revision = 1; revision <= 1_000; revision++) {
            told("1.0", revision, false, 0);
        }

        List<RevisionPlace> kept = board.call(key("1.0")).orElseThrow().revisions();
        assertThat(kept).hasSize(100);
        assertThat(kept.get(0).revision()).isEqualTo(1);
        assertThat(kept.get(99).revision()).isEqualTo(1_000);
    }

    @Test
    void whatIsErasedIsGone() {
        told("1.0", 1, true, 0);
        board.remove(key("1.0"));

        assertThat(board.all()).isEmpty();
    }

    @Test
    void theMinutesCountCompletedFailedAndLateDocuments() {
        told("1.0", 1, true, 0);
        told("1.0", 2, true, 0);
        put(document("2.0", 1, true).put("disposition", "FAILED"), "2.0", 0);
        told("3.0", 1, false, -600);

        assertThat(board.rates()).hasSize(60);
        MinuteRates.Minute minute = board.rates().get(59);
        assertThat(minute).isEqualTo(new MinuteRates.Minute(NOW.toEpochMilli(), 2, 1, 1));
    }

    @Test
    void aCallIsFoundByNumberNameLinkedidPbxTenantTimeAndOutcome() {
        put(
                document("1795305379.310", 1, true)
                        .put("src_number", "14165551234")
                        .put("src_name", "John Smith")
                        .put("tenant", "acme")
                        .put("direction", "i")
                        .put("answered", true)
                        .put("call_time", "2026-11-22T07:59:00Z"),
                "1795305379.310",
                0);
        told("2.0", 1, false, 0);

        for (String query : List.of(
                "q=416 555 1234",
                "q=+1 (416) 555-1234",
                "q=0114165551234".replace("011", "9"),
                "q=john sm",
                "q=1795305379.310",
                "pbx=PBX-east&tenant=ACME",
                "outcome=answered&direction=i",
                "from=2026-11-22T07:58:00Z&until=2026-11-22T07:59:30Z")) {
            assertThat(find(query)).as(query).containsExactly("1795305379.310");
        }
        assertThat(find("outcome=live")).containsExactly("2.0");
        assertThat(find("q=16475550000")).isEmpty();
    }

    private List<String> find(String query) {
        StringBuilder address = new StringBuilder("http://localhost/api/find?");
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            address.append(parts[0])
                    .append('=')
                    .append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return new CallSearch(Query.of(URI.create(address.toString())))
                .in(board).calls().stream().map(CallSummary::linkedid).toList();
    }

    private void told(String linkedid, int revision, boolean complete, int secondsFromNow) {
        put(document(linkedid, revision, complete), linkedid, secondsFromNow);
    }

    private void put(ObjectNode document, String linkedid, int secondsFromNow) {
        long written = NOW.plusSeconds(secondsFromNow).toEpochMilli();
        int revision = document.get("revision").asInt();
        board.put(CallSummary.of(key(linkedid), document, written), new RevisionPlace(0, revision, revision, written));
    }

    private static ObjectNode document(String linkedid, int revision, boolean complete) {
        return JSON.createObjectNode()
                .put("linkedid", linkedid)
                .put("revision", revision)
                .put("is_complete", complete);
    }

    private static CallKey key(String linkedid) {
        return new CallKey("pbx-east", linkedid);
    }
}
