package com.sipstack.asterisk.assembler.interpret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.assembler.CorpusRows;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real calls against what really happened in them. */
class CorpusInterpretationTest {
    private static final CallInterpreter INTERPRETER =
            new CallInterpreter(new PbxProfile(1, "", "pbx-east", "CA", PbxProfile.ExtensionLengths.DEFAULT));
    private static final Map<String, CallDocument> DOCUMENTS = new HashMap<>();

    @BeforeAll
    static void interpretEveryCall() throws Exception {
        List<String> lines = new ArrayList<>();
        CorpusRows.calls(Corpus.PBX_20, "pbx-east").forEach((key, rows) -> {
            CallDocument document = INTERPRETER.interpret(CallRows.of(key, rows), Ending.HANGUP);
            DOCUMENTS.put(key.linkedid(), document);
            lines.add(new String(DocumentJson.write(document.at(Phase.of(1, ShipPhase.COMPLETE))), UTF_8));
        });
        Files.write(Path.of("target", "corpus-documents.jsonl"), lines);
    }

    @Test
    void everyLinkedidIsOneCall() {
        assertThat(DOCUMENTS).hasSize(83);
    }

    @Test
    void plainInboundCallsAreUnderstood() {
        for (JsonNode entry : Corpus.PBX_20.manifest()) {
            if (entry.get("scenario").asText().equals("s01")) {
                CallDocument document =
                        DOCUMENTS.get(entry.get("linkedids").get(0).asText());
                JsonNode truth = entry.get("truth");
                assertThat(document.outcome().direction().letter()).isEqualTo("i");
                assertThat(document.parties().srcNumber())
                        .isEqualTo("1" + truth.get("caller_number").asText());
                assertThat(document.parties().srcName())
                        .isEqualTo(truth.get("caller_name").asText());
                assertThat(document.parties().dstNumber())
                        .isEqualTo(truth.get("dialled").asText());
                assertThat(document.parties().answeredBy().extension())
                        .isEqualTo(truth.get("answered_by").asText());
                assertThat(document.outcome().hangup().by())
                        .isEqualTo(truth.get("hangup_by").asText());
            }
        }
    }
}
