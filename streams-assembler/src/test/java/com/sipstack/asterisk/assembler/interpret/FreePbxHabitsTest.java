package com.sipstack.asterisk.assembler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Story.Attempt;
import com.sipstack.asterisk.model.document.Story.Queue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as FreePBX and ARI applications log them. */
class FreePbxHabitsTest {
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));

    private static CallDocument interpret(List<Row> rows) {
        return INTERPRETER.interpret(CallRows.of(new CallKey("pbx-east", Cels.linkedid()), rows), Ending.HANGUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vmu101", "vmb101", "vms101"})
    void mailboxExtensionsAreVoicemail(String destination) {
        CallDocument document = interpret(Cels.legs("""
                time | uniqueid     | channel              | dstchannel         | src        | dst         | dcontext   | lastapp   | disposition | duration | billsec
                -----+--------------+----------------------+--------------------+------------+-------------+------------+-----------+-------------+----------+--------
                0    | 1795305288.0 | SIP/trunk-a-00000001 | SIP/101-00000002   | 4165551234 | 101         | ext-local  | Dial      | NO ANSWER   | 15       | 0
                15   | 1795305288.0 | SIP/trunk-a-00000001 |                    | 4165551234 | DESTINATION | ext-local  | Hangup    | ANSWERED    | 20       | 20
                """.replace("DESTINATION", destination)));
        assertThat(document.story().voicemail().mailbox()).isEqualTo("101@default");
        assertThat(document.outcome().answered()).isFalse();
    }

    @Test
    void aNumericQueueWithLocalMembersNamesItsAgents() {
        CallDocument document = interpret(Cels.table("""
                time | eventtype    | channame                       | uniqueid     | cid_num    | exten       | context            | appname  | appdata         | extra
                -----+--------------+--------------------------------+--------------+------------+-------------+--------------------+----------+-----------------+------
                0    | CHAN_START   | PJSIP/bell-00000001            | 1795305288.0 | 4165551234 | 16475550100 | from-pstn          |          |                 |
                0.1  | ANSWER       | PJSIP/bell-00000001            | 1795305288.0 | 4165551234 | 400         | ext-queues         | Answer   |                 |
                1    | APP_START    | PJSIP/bell-00000001            | 1795305288.0 | 4165551234 | 400         | ext-queues         | Queue    | 400,tr,,,300    |
                2    | CHAN_START   | Local/108@from-queue-0000000a;1 | 1795305290.2 |            | 108         | from-queue         |          |                 |
                2    | CHAN_START   | Local/108@from-queue-0000000a;2 | 1795305290.3 |            | 108         | from-queue         |          |                 |
                2.1  | CHAN_START   | PJSIP/108-00000002             | 1795305290.4 | 108        | s           | from-internal      |          |                 |
                5    | ANSWER       | PJSIP/108-00000002             | 1795305290.4 | 108        | s           | from-internal      | AppDial  | (Outgoing Line) |
                5.1  | BRIDGE_ENTER | PJSIP/108-00000002             | 1795305290.4 | 108        |             | from-internal      | AppDial  | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
                5.1  | BRIDGE_ENTER | Local/108@from-queue-0000000a;2 | 1795305290.3 | 108        | 108         | macro-dial-one     | Dial     | PJSIP/108,,tr   | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
                5.2  | BRIDGE_ENTER | Local/108@from-queue-0000000a;1 | 1795305290.2 | 108        |             | from-queue         | AppQueue | (Outgoing Line) | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
                5.2  | BRIDGE_ENTER | PJSIP/bell-00000001            | 1795305288.0 | 4165551234 | 400         | ext-queues         | Queue    | 400,tr,,,300    | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
                9.2  | BRIDGE_EXIT  | PJSIP/bell-00000001            | 1795305288.0 | 4165551234 | 400         | ext-queues         | Queue    | 400,tr,,,300    | {"bridge_id":"b2","bridge_technology":"simple_bridge"}
                """));
        Queue queue = document.story().queue().get(0);
        assertThat(queue.name()).isEqualTo("400");
        assertThat(queue.outcome()).isEqualTo("answered");
        assertThat(queue.waitSeconds()).isEqualTo(4.2);
        assertThat(queue.agent().extension()).isEqualTo("108");
        assertThat(queue.attempts()).containsExactly(new Attempt("108", 2.9, true));
        assertThat(document.story().forwards()).isEmpty();
        assertThat(document.timing().talkSeconds()).isEqualTo(4.0);
        assertThat(document.outcome().direction().letter()).isEqualTo("i");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FMPR-101@from-internal", "FMGL-101#@from-internal"})
    void followMeIsNoForward(String followMe) {
        CallDocument document = interpret(Cels.table("""
                time | eventtype  | channame                    | uniqueid     | cid_num    | exten       | context             | appname | appdata
                -----+------------+-----------------------------+--------------+------------+-------------+---------------------+---------+--------
                0    | CHAN_START | PJSIP/bell-00000001         | 1795305288.0 | 4165551234 | 16475550101 | from-pstn           |         |
                1    | APP_START  | PJSIP/bell-00000001         | 1795305288.0 | 4165551234 | 101         | ext-findmefollow    | Dial    | Local/FOLLOW,20
                1    | CHAN_START | Local/FOLLOW-0000000a;1     | 1795305290.2 |            | FMPR-101    | from-internal       |         |
                1    | CHAN_START | Local/FOLLOW-0000000a;2     | 1795305290.3 |            | FMPR-101    | from-internal       |         |
                1.1  | CHAN_START | PJSIP/101-00000002          | 1795305290.4 | 101        | s           | from-internal       |         |
                """.replace("FOLLOW", followMe)));
        assertThat(document.story().forwards()).isEmpty();
        assertThat(document.outcome().answered()).isFalse();
    }

    @Test
    void aRecordingsBaseNameLiesUnderItsDay() {
        CallDocument document = interpret(Cels.legs("""
                time | calldate            | uniqueid     | channel            | dstchannel       | src        | dst | dcontext  | disposition | duration | billsec | recordingfile
                0    | 2026-11-21 18:54:48 | 1795305288.0 | SIP/bell-00000001  | SIP/101-00000002 | 4165551234 | 101 | from-pstn | ANSWERED    | 15       | 10      | external-101-4165551234-20261121.wav
                """));
        assertThat(document.recordingFiles().get(0).filePath())
                .isEqualTo("/var/spool/asterisk/monitor/2026/11/21/external-101-4165551234-20261121.wav");
    }

    @Test
    void aRelativeRecordingLiesInTheRecordingsDirectory() {
        CallDocument document = interpret(Cels.table("""
                time | eventtype  | channame            | uniqueid     | cid_num    | exten       | context   | appname    | appdata
                0    | CHAN_START | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn |            |
                1    | APP_END    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 101         | from-pstn | MixMonitor | 2026/11/in.wav,ab
                """));
        assertThat(document.recordingFiles().get(0).filePath()).isEqualTo("/var/spool/asterisk/monitor/2026/11/in.wav");
    }

    @Test
    void aStasisCallsPartiesAreThoseInItsBridge() {
        CallDocument document = interpret(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | exten       | context       | appname | appdata | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     |         |         |
                0.5  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     | Stasis  | desk    |
                1    | CHAN_START   | PJSIP/101-00000002  | agent-7f3a   | 101        | s           | from-internal |         |         |
                4    | ANSWER       | PJSIP/101-00000002  | agent-7f3a   | 101        |             | from-internal | AppDial2 | (Outgoing Line) |
                4.1  | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     | Stasis  | desk    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
                4.2  | BRIDGE_ENTER | PJSIP/101-00000002  | agent-7f3a   | 101        |             | from-internal | Stasis  | desk    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
                8.2  | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn     | Stasis  | desk    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}
                """));
        assertThat(document.parties().answeredBy().extension()).isEqualTo("101");
        assertThat(document.timing().talkSeconds()).isEqualTo(4.0);
        assertThat(document.parties().dialled()).isEqualTo("16475550101");
    }

    @Test
    void aUserEventKeepsItsNameAndText() {
        CallDocument document = interpret(Cels.table("""
                time | eventtype    | userdeftype | channame           | uniqueid     | cid_num | exten | context       | extra
                0    | CHAN_START   |             | SIP/101-00000001   | 1795305288.0 | 101     | 102   | from-internal |
                1    | VIP          |             | SIP/101-00000001   | 1795305288.0 | 101     | 102   | from-internal | {"extra":"gold"}
                2    | USER_DEFINED | LOOKUP      | SIP/101-00000001   | 1795305288.0 | 101     | 102   | from-internal | {"extra":"found"}
                3    | DTMF         | Received    | SIP/101-00000001   | 1795305288.0 | 101     | 102   | from-internal | {"digit":"4"}
                """));
        assertThat(document.journal().events())
                .extracting(event -> event.type() + " " + event.text())
                .containsExactly("VIP gold", "LOOKUP found");
    }
}
