package com.sipstack.asterisk.assembler.interpret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real calls against what really happened in them. */
class CorpusInterpretationTest {
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));

    @ParameterizedTest
    @CsvSource({"PBX_20,corpus-documents", "PBX_22_PJSIP,corpus-documents-pjsip"})
    void documentsAreWrittenForWhoeverWantsToReadThem(Corpus corpus, String file) throws IOException {
        for (LogMask mask : LogMask.values()) {
            String suffix = mask == LogMask.ALL ? "" : "-" + mask.name().toLowerCase(Locale.ROOT);
            List<String> lines = documents(corpus, mask).values().stream()
                    .map(CorpusInterpretationTest::json)
                    .toList();
            Files.write(Path.of("target", file + suffix + ".jsonl"), lines);
            assertThat(lines).isNotEmpty();
        }
    }

    @Test
    void everyLinkedidIsOneCall() {
        assertThat(documents(Corpus.PBX_20, LogMask.ALL)).hasSize(83);
    }

    private static Map<String, CallDocument> documents(Corpus corpus, LogMask mask) {
        return CorpusCalls.byLinkedid(CorpusCalls.of(corpus, mask), call -> INTERPRETER.interpret(call, Ending.HANGUP));
    }

    private static String json(CallDocument document) {
        return new String(DocumentJson.write(document.at(Phase.of(1, ShipPhase.COMPLETE))), UTF_8);
    }
}
