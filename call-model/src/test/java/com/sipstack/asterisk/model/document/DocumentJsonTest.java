package com.sipstack.asterisk.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.document.CallDocument.Completeness;
import com.sipstack.asterisk.model.document.CallDocument.Identity;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.CallDocument.Relations;
import com.sipstack.asterisk.model.document.Journal.ThreadEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentJsonTest {
    private static final Instant START = Instant.parse("2026-11-21T23:56:19.120Z");

    private final CallDocument document = new CallDocument(
            new Identity("asterisk", "1.0.0", 1, "acme", "pbx-east", "pbx-east", "1795305379.310"),
            Phase.of(3, ShipPhase.COMPLETE),
            new Timing(START, null, START.plusSeconds(6), START.plusSeconds(21), "hangup", 21L, 6.4, 6.0, null),
            new Outcome(
                    Direction.INBOUND, "ANSWERED", true, false, new Outcome.Hangup("caller", 16, "Normal Clearing")),
            new Parties(
                    "14165551234",
                    "John Smith",
                    null,
                    null,
                    "16475550107",
                    "16475550107",
                    null,
                    "108",
                    "Heidi Roy",
                    Party.ofExtension("108"),
                    null,
                    new Parties.Trunk("sbc-ca1", null),
                    "acme",
                    "",
                    List.of(),
                    List.of(),
                    List.of()),
            Story.NONE,
            new Relations(null, List.of()),
            List.of(),
            null,
            Map.of(),
            new Completeness(true, true, false),
            Journal.of(
                    List.of(new ThreadEntry(
                            START,
                            "CHAN_START",
                            null,
                            null,
                            null,
                            null,
                            null,
                            "SIP/sbc-ca1-00000000",
                            null,
                            "16475550107",
                            "from-trunk",
                            "1795305379.310",
                            null,
                            null)),
                    List.of()),
            RawRecords.NONE);

    @Test
    void theFieldsStandFlatUnderTheWiresNames() throws Exception {
        JsonNode json = new ObjectMapper().readTree(DocumentJson.write(document));

        assertThat(json.get("connector").asText()).isEqualTo("asterisk");
        assertThat(json.get("is_complete").asBoolean()).isTrue();
        assertThat(json.get("ship_phase").asText()).isEqualTo("complete");
        assertThat(json.get("call_time").asText()).isEqualTo("2026-11-21T23:56:19.120Z");
        assertThat(json.get("direction").asText()).isEqualTo("i");
        assertThat(json.get("src_number").asText()).isEqualTo("14165551234");
        assertThat(json.get("answered_by").get("extension").asText()).isEqualTo("108");
        assertThat(json.get("call_threads_count").asInt()).isEqualTo(1);
        assertThat(json.get("call_threads").get(0).get("event").asText()).isEqualTo("CHAN_START");
    }

    @Test
    void whatIsUnknownIsAbsent() throws Exception {
        JsonNode json = new ObjectMapper().readTree(DocumentJson.write(document));

        assertThat(json.findValues("hold_seconds")).isEmpty();
        assertThat(json.has("queue")).isFalse();
        assertThat(json.has("merged_into")).isFalse();
        assertThat(json.get("call_threads").get(0).has("peer")).isFalse();
        for (JsonNode value : json) {
            assertThat(value.isNull()).isFalse();
        }
    }

    @Test
    void aDocumentReadBackIsTheSame() throws Exception {
        CallDocument readBack = DocumentJson.read(DocumentJson.write(document));

        assertThat(DocumentJson.write(readBack)).isEqualTo(DocumentJson.write(document));
        assertThat(readBack.phase()).isEqualTo(document.phase());
        assertThat(readBack.timing()).isEqualTo(document.timing());
    }
}
