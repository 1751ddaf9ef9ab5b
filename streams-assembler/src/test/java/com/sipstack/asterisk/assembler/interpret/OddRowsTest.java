package com.sipstack.asterisk.assembler.interpret;

import static com.sipstack.asterisk.assembler.interpret.ToldCall.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows as backends and clients write them that do not do as most. */
class OddRowsTest {
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));

    /** Backends that write NULL where others write an empty text tell the same. */
    @ParameterizedTest
    @EnumSource(
            value = Corpus.class,
            names = {"PBX_20", "PBX_22_PJSIP"})
    void nullIsAsGoodAsEmpty(Corpus corpus) {
        for (CallRows call : CorpusCalls.of(corpus)) {
            List<Row> rows = call.all().map(OddRowsTest::withNulls).toList();
            CallDocument document = INTERPRETER.interpret(CallRows.of(call.key(), rows), Ending.HANGUP);
            CallDocument asLogged = INTERPRETER.interpret(call, Ending.HANGUP);
            assertThat(document.parties()).isEqualTo(asLogged.parties());
            assertThat(document.story()).isEqualTo(asLogged.story());
            assertThat(document.timing()).isEqualTo(asLogged.timing());
            assertThat(document.outcome()).isEqualTo(asLogged.outcome());
        }
    }

    private static Row withNulls(Row row) {
        Map<String, Object> columns = new LinkedHashMap<>(
                row instanceof Cel cel ? Cel.MAPPING.toColumns(cel) : Cdr.MAPPING.toColumns((Cdr) row));
        columns.values().removeIf(""::equals);
        return row instanceof Cel ? Cel.MAPPING.fromColumns(columns) : Cdr.MAPPING.fromColumns(columns);
    }

    @Test
    void holdsThatAmiTellsCountInsideOfTheConversation() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |
                1    | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |         |
                2    | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial | {"bridge_id":"b1"}
                2    | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"}
                4    | HOLD         | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial |
                6.5  | UNHOLD       | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial |
                8    | HOLD         | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial |
                9    | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"}
                """));
        assertThat(call.at("/hold_seconds")).isEqualTo("3.5");
        assertThat(call.at("/talk_seconds")).isEqualTo("7.0");
    }

    @Test
    void digitsAreToldOnlyWhereAskedFor() {
        List<Row> rows = Cels.table("""
                time | eventtype  | channame         | uniqueid     | cid_num | exten | context       | extra
                0    | CHAN_START | SIP/101-00000001 | 1795305288.0 | 101     | *97   | from-internal |
                3    | DTMF       | SIP/101-00000001 | 1795305288.0 | 101     | *97   | from-internal | {"digit":"4","duration_ms":90}
                """);
        assertThat(tell(rows).has("/events")).isFalse();
        PbxProfile asking = PbxProfile.of("pbx-east", "CA").with(new StoryRules(true, true, false));
        assertThat(tell(asking, rows).at("/events/0/text")).contains("\"digit\":\"4\"");
    }

    /** A queue writes a CDR for each agent, as soon as it gives up on them; and any of them may be lost. */
    @Test
    void aCallInWhichSomebodyTalksIsAnsweredThoughTheOnlyCdrIsOfAnAgentWhoDidNotAnswer() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |
                9    | CHAN_START   | PJSIP/108-00000002  | 1795305289.1 | 108        | s           | from-internal |         |
                12   | BRIDGE_ENTER | PJSIP/108-00000002  | 1795305289.1 | 108        |             | from-internal | AppQueue | {"bridge_id":"b1"}
                12   | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 600         | ext-queues    | Queue   | {"bridge_id":"b1"}
                """), Cels.legs("""
                time | src        | dst | dcontext   | channel             | dstchannel         | disposition | uniqueid     | lastapp
                0    | 4165551234 | 600 | ext-queues | PJSIP/bell-00000001 | PJSIP/107-00000001 | NO ANSWER   | 1795305288.0 | Queue
                """));
        assertThat(call.at("/answered_by/extension")).isEqualTo("108");
        assertThat(call.at("/disposition")).isEqualTo("ANSWERED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Corpus.class,
            names = {"PBX_20", "PBX_22_PJSIP"})
    void callsWhoseTimesNobodyCanReadAreToldNevertheless(Corpus corpus) {
        for (CallRows call : CorpusCalls.of(corpus)) {
            List<Row> events = call.cels().stream().map(OddRowsTest::untimed).toList();
            List<Row> all = Stream.concat(events.stream(), call.cdrs().stream()).toList();
            for (List<Row> rows : List.of(events, all)) {
                CallRows untimed = CallRows.of(call.key(), rows);
                assertThatCode(() -> INTERPRETER.interpret(untimed, Ending.HANGUP))
                        .doesNotThrowAnyException();
            }
        }
    }

    private static Row untimed(Cel cel) {
        Map<String, Object> columns = new LinkedHashMap<>(Cel.MAPPING.toColumns(cel));
        columns.remove("event_time");
        return Cel.MAPPING.fromColumns(columns);
    }

    /** Nobody answered, so no event of the caller's names the queue; and the events have no times. */
    @Test
    void aQueueThatOnlyTheCdrNamesIsToldThoughNoTimeOfItsMembersEventsCanBeRead() {
        ToldCall call = tell(Cels.table("""
                eventtype  | channame            | uniqueid     | cid_num    | exten | context       | appname
                CHAN_START | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 600   | from-pstn     |
                CHAN_START | PJSIP/107-00000002  | 1795305289.1 | 107        | s     | from-internal | AppQueue
                HANGUP     | PJSIP/107-00000002  | 1795305289.1 | 107        |       | from-internal | AppQueue
                CHAN_START | PJSIP/108-00000003  | 1795305290.2 | 108        | s     | from-internal | AppQueue
                HANGUP     | PJSIP/108-00000003  | 1795305290.2 | 108        |       | from-internal | AppQueue
                HANGUP     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 600   | ext-queues    |
                """), Cels.legs("""
                time | src        | dst | dcontext   | channel             | dstchannel         | disposition | uniqueid     | lastapp | lastdata
                0    | 4165551234 | 600 | ext-queues | PJSIP/bell-00000001 | PJSIP/107-00000002 | NO ANSWER   | 1795305288.0 | Queue   | 600,t,,,60
                """));
        assertThat(call.at("/queue/0/name")).isEqualTo("600");
        assertThat(call.at("/queue/0/outcome")).isEqualTo("abandoned");
        assertThat(call.has("/queue/0/wait_seconds")).isFalse();
    }

    /** As cdr_odbc writes them unless {@code dispositionstring=yes} is set. */
    @ParameterizedTest
    @CsvSource({"8,ANSWERED", "0,NO ANSWER", "4,BUSY", "2,FAILED", "16,CONGESTION"})
    void dispositionsThatAreNumbersAreToldInWords(String number, String word) {
        ToldCall call = tell(Cels.legs("""
                time | src        | dst | dcontext  | channel             | dstchannel         | disposition | uniqueid     | lastapp | duration | billsec
                0    | 4165551234 | 101 | from-pstn | PJSIP/bell-00000001 | PJSIP/101-00000002 | %s          | 1795305288.0 | Dial    | 9        | 6
                """.formatted(number)));
        assertThat(call.at("/disposition")).isEqualTo(word);
        assertThat(call.at("/call_threads/0/disposition")).isEqualTo(word);
        assertThat(call.at("/answered")).isEqualTo(Boolean.toString(word.equals("ANSWERED")));
    }

    /** The clock was set while the leg lasted. */
    @Test
    void aLegThatLastedForLessThanNothingOrWasAnsweredBeforeItBeganContradictsNothing() {
        ToldCall call = tell(Cels.legs("""
                time | src        | dst | dcontext  | channel             | dstchannel         | disposition | uniqueid     | lastapp | duration | billsec
                0    | 4165551234 | 101 | from-pstn | PJSIP/bell-00000001 | PJSIP/101-00000002 | ANSWERED    | 1795305288.0 | Dial    | -3595    | 5
                """));
        assertThat(call.at("/answered_at")).isEqualTo(call.at("/call_time")).isEqualTo(call.at("/ended_at"));
        assertThat(call.at("/legs/1/ring_seconds")).isEqualTo("0.0");
        assertThat(call.at("/talk_seconds")).isEqualTo("0.0");
    }

    @Test
    void whoIsFoundInABridgeHasEnteredItThoughTheRowOfThatWasLost() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra              | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |                    |
                1    | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |         |                    |
                2    | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"} | PJSIP/101-00000002
                9    | BRIDGE_EXIT  | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial | {"bridge_id":"b1"} |
                9    | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"} |
                """));
        assertThat(call.at("/answered_by/extension")).isEqualTo("101");
        assertThat(call.at("/talk_seconds")).isEqualTo("7.0");
        assertThat(call.at("/completeness/gaps")).isEqualTo("true");
    }

    /** Nobody is there yet whom the first could name, so only its leaving tells of the second. */
    @ParameterizedTest
    @CsvSource({"bell,bell", "bell,101", "101,bell", "101,101"})
    void whoSharedABridgeUntilSomebodyLeftHasEnteredItThoughTheSecondsRowWasLost(String first, String leaving) {
        Map<String, String> channels = Map.of(
                "bell", "PJSIP/bell-00000001 | 1795305288.0",
                "101", "PJSIP/101-00000002  | 1795305289.1");
        String staying = leaving.equals("bell") ? "101" : "bell";
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra              | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |                    |
                1    | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |         |                    |
                2    | ANSWER       | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial |                    |
                2    | BRIDGE_ENTER | %s |            |             | from-pstn     | Dial    | {"bridge_id":"b1"} |
                9    | BRIDGE_EXIT  | %s |            |             | from-pstn     | Dial    | {"bridge_id":"b1"} | %s
                9    | BRIDGE_EXIT  | %s |            |             | from-pstn     | Dial    | {"bridge_id":"b1"} |
                """.formatted(
                        channels.get(first),
                        channels.get(leaving),
                        channels.get(staying).split(" ", 2)[0],
                        channels.get(staying))));
        assertThat(call.at("/answered")).isEqualTo("true");
        assertThat(call.at("/answered_by/extension")).isEqualTo("101");
        assertThat(call.at("/talk_seconds")).isEqualTo("7.0");
        assertThat(call.at("/completeness/gaps")).isEqualTo("true");
    }

    /** The clock was set back while a phone rang. */
    @Test
    void nobodyRangForLessThanNothing() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra
                60   | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |
                65   | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |         |
                8    | ANSWER       | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial |
                8    | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial | {"bridge_id":"b1"}
                8    | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"}
                19   | BRIDGE_EXIT  | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial | {"bridge_id":"b1"}
                19   | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"}
                """));
        assertThat(call.at("/legs/1/ring_seconds")).isEqualTo("0.0");
        assertThat(call.at("/talk_seconds")).isEqualTo("11.0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Corpus.class,
            names = {"PBX_20", "PBX_22_PJSIP"})
    void aCallStaysAnsweredWhicheverEntryIntoABridgeWasLost(Corpus corpus) {
        List<CallRows> answered =
                CorpusCalls.of(corpus).stream().filter(OddRowsTest::isAnswered).toList();
        assertThat(answered).isNotEmpty();
        for (CallRows call : answered) {
            call.cels().stream()
                    .filter(cel -> cel.type() == CelEventType.BRIDGE_ENTER)
                    // The others of a conference may be in calls of their own
                    .filter(cel -> !"ConfBridge".equals(cel.appname()))
                    // Of a call that was cut off nobody left
                    .filter(cel -> hasLeft(cel, call))
                    .forEach(lost -> assertThat(isAnswered(without(lost, call)))
                            .as("%s without %s", call.key(), lost)
                            .isTrue());
        }
    }

    private static boolean hasLeft(Cel entry, CallRows call) {
        return call.cels().stream()
                .filter(cel -> cel.type() == CelEventType.BRIDGE_EXIT)
                .anyMatch(exit -> exit.uniqueid().equals(entry.uniqueid()));
    }

    private static boolean isAnswered(CallRows call) {
        return INTERPRETER.interpret(call, Ending.HANGUP).outcome().answered();
    }

    private static CallRows without(Cel lost, CallRows call) {
        return CallRows.of(
                call.key(), call.all().filter(row -> !row.equals(lost)).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Corpus.class,
            names = {"PBX_20", "PBX_22_PJSIP"})
    void noCallIsAnsweredBeforeItBeganWhicheverEntryIntoABridgeWasLost(Corpus corpus) {
        for (CallRows call : CorpusCalls.of(corpus)) {
            call.cels().stream()
                    .filter(cel -> cel.type() == CelEventType.BRIDGE_ENTER)
                    .map(lost -> INTERPRETER.interpret(without(lost, call), Ending.HANGUP))
                    .map(CallDocument::timing)
                    .filter(timing -> timing.answeredAt() != null)
                    .forEach(timing -> assertThat(timing.answeredAt()).isAfterOrEqualTo(timing.callTime()));
        }
    }

    @Test
    void theUserfieldIsWhatTheDialplanNotedOnALegElseOnTheCallersChannel() {
        String events = """
                time | eventtype  | channame            | uniqueid     | cid_num    | exten       | context       | userfield
                0    | CHAN_START | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |
                1    | CHAN_START | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal | phone
                2    | HANGUP     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | campaign-7
                """;
        List<Row> legs = Cels.legs("""
                time | src        | dst | channel             | disposition | uniqueid     | userfield
                0    | 4165551234 | 101 | PJSIP/bell-00000001 | NO ANSWER   | 1795305288.0 |
                1    | 4165551234 | 101 | PJSIP/bell-00000001 | NO ANSWER   | 1795305288.0 | ticket-42
                """);
        assertThat(tell(Cels.table(events), legs).at("/userfield")).isEqualTo("ticket-42");
        assertThat(tell(Cels.table(events)).at("/userfield")).isEqualTo("campaign-7");
        assertThat(tell(Cels.table(events).subList(0, 2)).has("/userfield")).isFalse();
    }

    @Test
    void whereTheMappingLacksExtraTheFirstToLeaveTheBridgeHungUp() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |
                1    | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |
                2    | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial
                2    | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial
                9    | BRIDGE_EXIT  | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial
                9    | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial
                9    | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     |
                """));
        assertThat(call.at("/hangup/by")).isEqualTo("callee");
        assertThat(call.has("/hangup/cause")).isFalse();
    }

    @Test
    void aRestartEndsACallAtItsLastEvent() {
        List<Row> rows = Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |
                1    | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | s           | from-internal |         |
                2    | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101        |             | from-internal | AppDial | {"bridge_id":"b1"}
                2    | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn     | Dial    | {"bridge_id":"b1"}
                """);
        CallRows call = CallRows.of(rows.get(0).callKey(), rows);
        ToldCall told = ToldCall.of(INTERPRETER.interpret(call, Ending.RESTART));
        assertThat(told.at("/ended_by")).isEqualTo("restart");
        assertThat(told.at("/ended_at")).isEqualTo("2026-11-21T23:54:50Z");
        assertThat(told.at("/completeness/gaps")).isEqualTo("true");
    }
}
