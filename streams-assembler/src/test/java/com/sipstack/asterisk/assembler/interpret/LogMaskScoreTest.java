package com.sipstack.asterisk.assembler.interpret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.document.CallDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What can still be told of a call when its PBX logs less. The table in docs/interpretation.md is this test's; with
 * {@code -Dinterpretation.table=write} the test writes it.
 */
class LogMaskScoreTest {
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));
    private static final Path PAGE = Path.of("..", "docs", "interpretation.md");
    private static final String BEGIN = "<!-- table: begin -->\n";
    private static final String END = "<!-- table: end -->";

    /** No application is logged in the usual way, so MixMonitor's file is not. */
    private static final Set<String> LOST_WITHOUT_APPLICATIONS = Set.of("recording");

    private static final Map<LogMask, ManifestScore> SCORES = new EnumMap<>(LogMask.class);

    @BeforeAll
    static void scoreEveryMask() {
        for (LogMask mask : LogMask.values()) {
            ManifestScore score = scoreOf(Corpus.PBX_20, mask);
            score.add(scoreOf(Corpus.PBX_22_PJSIP, mask));
            SCORES.put(mask, score);
        }
    }

    private static ManifestScore scoreOf(Corpus corpus, LogMask mask) {
        Map<String, CallDocument> documents = CorpusCalls.byLinkedid(
                CorpusCalls.of(corpus, mask), call -> INTERPRETER.interpret(call, Ending.HANGUP));
        return ManifestScore.of(corpus.manifest(), documents);
    }

    @Test
    void everythingIsRightWhereEverythingIsLogged() {
        for (String field : SCORES.get(LogMask.ALL).fields()) {
            assertThat(share(LogMask.ALL, field)).as(field).isEqualTo(1.0);
        }
    }

    @Test
    void theUsualLogsTellAllButRecordings() {
        for (LogMask mask : List.of(LogMask.USUAL, LogMask.USUAL_WITHOUT_PARKING)) {
            for (String field : SCORES.get(mask).fields()) {
                if (!LOST_WITHOUT_APPLICATIONS.contains(field)) {
                    assertThat(share(mask, field)).as(mask + " " + field).isEqualTo(1.0);
                }
            }
        }
    }

    @Test
    void legsAloneTellWhoAndWhetherAnswered() {
        for (String field : List.of("direction", "caller", "answered", "answered_by", "queue", "ivr", "parking")) {
            assertThat(share(LogMask.CDR_ONLY, field)).as(field).isGreaterThanOrEqualTo(0.94);
        }
        assertThat(share(LogMask.CDR_ONLY, "dialled")).isGreaterThanOrEqualTo(0.8);
        assertThat(share(LogMask.CDR_ONLY, "talk")).isGreaterThanOrEqualTo(0.75);
        assertThat(share(LogMask.CDR_ONLY, "nothing invented")).isEqualTo(1.0);
    }

    @Test
    void theDocumentedTableIsOurs() throws IOException {
        String page = Files.readString(PAGE, UTF_8);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String expected = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("interpretation.table"))) {
            Files.writeString(PAGE, expected, UTF_8);
        }
        assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(expected);
    }

    private static double share(LogMask mask, String field) {
        int[] counts = SCORES.get(mask).of(field);
        return counts[1] == 0 ? 1 : (double) counts[0] / counts[1];
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| field |");
        for (LogMask mask : LogMask.values()) {
            table.append(' ').append(mask.title()).append(" |");
        }
        table.append("\n| --- |")
                .append(" ---: |".repeat(LogMask.values().length))
                .append('\n');
        for (String field : SCORES.get(LogMask.ALL).fields()) {
            table.append("| ").append(field).append(" |");
            for (LogMask mask : LogMask.values()) {
                int[] counts = SCORES.get(mask).of(field);
                table.append(' ')
                        .append(counts[0])
                        .append('/')
                        .append(counts[1])
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
