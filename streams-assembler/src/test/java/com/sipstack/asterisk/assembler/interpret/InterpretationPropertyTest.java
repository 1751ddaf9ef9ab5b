package com.sipstack.asterisk.assembler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every call, however its rows arrive. */
class InterpretationPropertyTest {
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));
    private static final int SHUFFLES = 5;

    static Stream<CallRows> calls() {
        return Stream.concat(CorpusCalls.of(Corpus.PBX_20).stream(), CorpusCalls.of(Corpus.PBX_22_PJSIP).stream());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void orderAndDuplicationOfRowsChangeNothing(CallRows call) {
        CallDocument document = INTERPRETER.interpret(call, Ending.HANGUP);
        Random random = new Random(42);
        for (int i = 0; i < SHUFFLES; i++) {
            List<Row> rows = new ArrayList<>(call.all().toList());
            rows.addAll(rows.subList(0, random.nextInt(rows.size())));
            Collections.shuffle(rows, random);
            assertThat(INTERPRETER.interpret(CallRows.of(call.key(), rows), Ending.HANGUP))
                    .isEqualTo(document);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyPrefixIsValid(CallRows call) {
        List<Row> rows = call.all().toList();
        int step = Math.max(1, rows.size() / 40);
        for (int length = 1; length <= rows.size(); length += step) {
            assertNoContradiction(INTERPRETER.interpret(CallRows.of(call.key(), rows.subList(0, length)), Ending.NONE));
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everySuffixIsValid(CallRows call) {
        List<Row> rows = call.all().toList();
        int step = Math.max(1, rows.size() / 20);
        for (int from = 0; from < rows.size(); from += step) {
            assertNoContradiction(INTERPRETER.interpret(
                    CallRows.of(call.key(), rows.subList(from, rows.size())), Ending.MAX_DURATION));
        }
    }

    private static void assertNoContradiction(CallDocument document) {
        Instant answeredAt = document.timing().answeredAt();
        assertThat(document.outcome().answered()).isEqualTo(answeredAt != null);
        assertThat(document.timing().talkSeconds()).isNotNegative();
        assertThat(document.timing().ringSeconds()).isNotNegative();
        if (answeredAt == null) {
            assertThat(document.parties().answeredBy()).isNull();
            assertThat(document.timing().talkSeconds()).isZero();
        } else {
            assertThat(answeredAt).isAfterOrEqualTo(document.timing().callTime());
        }
        assertNamesAreUsable(document);
    }

    private static void assertNamesAreUsable(CallDocument document) {
        for (Leg leg : document.parties().legs()) {
            assertThat(leg.channel()).doesNotStartWith("Local/");
        }
        Party finalParty = document.parties().finalParty();
        assertThat(finalParty == null || finalParty.channel() != null).isTrue();
        assertThat(document.journal().callThreadsCount())
                .isEqualTo(document.journal().callThreads().size());
    }

    /** Where each event looked at all others, this would take many minutes. */
    @Test
    void aConferencesCostGrowsWithItsEventsAndNoFaster() {
        List<Row> rows = LongCalls.conference(100_000);
        CallRows call = CallRows.of(new CallKey("pbx-east", rows.get(0).linkedid()), rows);
        CallDocument document =
                Assertions.assertTimeout(Duration.ofMinutes(1), () -> INTERPRETER.interpret(call, Ending.HANGUP));
        assertThat(document.outcome().answered()).isTrue();
        assertThat(document.journal().callThreadsTruncated()).isTrue();
        assertThat(document.journal().callThreads()).hasSize(2_000);
    }
}
