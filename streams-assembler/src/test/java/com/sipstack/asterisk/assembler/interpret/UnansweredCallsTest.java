package com.sipstack.asterisk.assembler.interpret;

import static com.sipstack.asterisk.assembler.interpret.ToldCall.tell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls that no person answers, and those that a machine does. */
class UnansweredCallsTest {
    @Test
    void aBusyPhonesCallerLeavesAMessage() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | cid_name   | exten       | context        | appname   | appdata         | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn      |           |                 |
                0.2  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | s           | from-internal  |           |                 |
                1    | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             | from-internal  | AppDial   | (Outgoing Line) | {"hangupcause":17,"hangupsource":"PJSIP/101-00000002","dialstatus":""}
                1    | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |                |           |                 |
                1.1  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | s-BUSY      | macro-exten-vm | VoiceMail | 101@default,b   |
                1.1  | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | s-BUSY      | macro-exten-vm | VoiceMail | 101@default,b   |
                11   | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | s-BUSY      | macro-exten-vm |           |                 | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":"BUSY"}
                11   | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |                |           |                 |
                11   | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |                |           |                 |
                """), Cels.legs("""
                time|uniqueid|channel|dstchannel|src|clid|dst|dcontext|lastapp|lastdata|disposition|duration|billsec|sequence
                0|1795305288.0|PJSIP/bell-00000001|PJSIP/101-00000002|4165551234|"John Smith" <4165551234>|101|ext-local|Dial|PJSIP/101,20|BUSY|1|0|1
                1|1795305288.0|PJSIP/bell-00000001||4165551234|"John Smith" <4165551234>|vmb101|ext-local|VoiceMail|101@default,b|ANSWERED|10|10|2
                """));
        assertThat(call.at("/answered")).isEqualTo("false");
        assertThat(call.at("/voicemail/mailbox")).isEqualTo("101@default");
        assertThat(call.at("/disposition")).isEqualTo("ANSWERED");
        assertThat(call.at("/talk_seconds")).isEqualTo("0.0");
        assertThat(call.at("/ring_seconds")).isEqualTo("0.8");
    }

    @Test
    void listeningToOnesMailboxIsNoConversation() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame           | uniqueid     | cid_num | cid_name | exten | context       | appname       | appdata     | extra
                0    | CHAN_START   | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      | *97   | from-internal |               |             |
                0.1  | ANSWER       | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      | *97   | from-internal | VoiceMailMain | 104@default |
                0.1  | APP_START    | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      | *97   | from-internal | VoiceMailMain | 104@default |
                9    | HANGUP       | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      | *97   | from-internal |               |             | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"}
                9    | CHAN_END     | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      |       |               |               |             |
                9    | LINKEDID_END | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan      |       |               |               |             |
                """));
        assertThat(call.at("/direction")).isEqualTo("x");
        assertThat(call.at("/answered")).isEqualTo("false");
        assertThat(call.has("/voicemail")).isFalse();
        assertThat(call.at("/dialled")).isEqualTo("*97");
    }

    @Test
    void aPageIsNoConversationAndNoConference() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame           | uniqueid     | cid_num | cid_name  | exten  | context       | appname    | appdata               | extra                                                                  | peer
                0    | CHAN_START   | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       | *80600 | from-internal |            |                       |                                                                        |
                0.1  | APP_START    | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       | *80600 | from-internal | Page       | PJSIP/101&PJSIP/102,i |                                                                        |
                0.1  | ANSWER       | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       | *80600 | from-internal | Page       | PJSIP/101&PJSIP/102,i |                                                                        |
                0.2  | CHAN_START   | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy | s      | from-internal |            |                       |                                                                        |
                0.2  | CHAN_START   | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    | s      | from-internal |            |                       |                                                                        |
                0.5  | ANSWER       | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy |        | from-internal | ConfBridge | 1234,S(1),m           |                                                                        |
                0.5  | BRIDGE_ENTER | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy |        | from-internal | ConfBridge | 1234,S(1),m           | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 |
                0.5  | ANSWER       | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        | from-internal | ConfBridge | 1234                  |                                                                        |
                0.5  | BRIDGE_ENTER | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        | from-internal | ConfBridge | 1234                  | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 | PJSIP/101-00000002
                0.6  | BRIDGE_ENTER | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       | *80600 | from-internal | Page       | PJSIP/101&PJSIP/102,i | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 |
                9    | BRIDGE_EXIT  | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       | *80600 | from-internal | Page       | PJSIP/101&PJSIP/102,i | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 |
                9    | BRIDGE_EXIT  | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy |        | from-internal | ConfBridge | 1234                  | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 |
                9    | BRIDGE_EXIT  | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        | from-internal | ConfBridge | 1234                  | {"bridge_id":"c1","bridge_technology":"simple_bridge"}                 |
                9    | HANGUP       | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       |        |               |            |                       | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""} |
                9    | CHAN_END     | PJSIP/104-00000001 | 1795305288.0 | 104     | Dan       |        |               |            |                       |                                                                        |
                9    | HANGUP       | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy |        |               |            |                       | {"hangupcause":16,"hangupsource":"","dialstatus":""}                   |
                9    | CHAN_END     | PJSIP/101-00000002 | 1795305289.1 | 101     | Alice Roy |        |               |            |                       |                                                                        |
                9    | HANGUP       | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        |               |            |                       | {"hangupcause":16,"hangupsource":"","dialstatus":""}                   |
                9    | CHAN_END     | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        |               |            |                       |                                                                        |
                9    | LINKEDID_END | PJSIP/102-00000003 | 1795305290.2 | 102     | Bob Ng    |        |               |            |                       |                                                                        |
                """));
        assertThat(call.at("/direction")).isEqualTo("x");
        assertThat(call.at("/answered")).isEqualTo("false");
        assertThat(call.has("/conference")).isFalse();
        assertThat(call.at("/talk_seconds")).isEqualTo("0.0");
    }

    @Test
    void ofTwoContactsOfAPhoneOneAnswers() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | cid_name   | exten       | context       | appname | appdata                            | extra                                                                      | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn     |         |                                    |                                                                            |
                0.2  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | s           | from-internal |         |                                    |                                                                            |
                0.2  | CHAN_START   | PJSIP/101-00000003  | 1795305290.2 | 101        | Alice Roy  | s           | from-internal |         |                                    |                                                                            |
                2    | ANSWER       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | 16475550101 | from-internal | AppDial | (Outgoing Line)                    |                                                                            |
                2    | HANGUP       | PJSIP/101-00000003  | 1795305290.2 | 101        | Alice Roy  | 16475550101 | from-internal | AppDial | (Outgoing Line)                    | {"hangupcause":26,"hangupsource":"","dialstatus":""}                       |
                2    | CHAN_END     | PJSIP/101-00000003  | 1795305290.2 | 101        | Alice Roy  |             |               |         |                                    |                                                                            |
                2    | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 101         | ext-local     | Dial    | PJSIP/101/sip:a&PJSIP/101/sip:b,20 |                                                                            |
                2.1  | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             | from-internal | AppDial | (Outgoing Line)                    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                     |
                2.1  | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 101         | ext-local     | Dial    | PJSIP/101/sip:a&PJSIP/101/sip:b,20 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                     | PJSIP/101-00000002
                9    | BRIDGE_EXIT  | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             | from-internal | AppDial | (Outgoing Line)                    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                     | PJSIP/bell-00000001
                9    | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 101         | ext-local     | Dial    | PJSIP/101/sip:a&PJSIP/101/sip:b,20 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                     |
                9    | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |               |         |                                    | {"hangupcause":16,"hangupsource":"PJSIP/101-00000002","dialstatus":""}     |
                9    | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |               |         |                                    |                                                                            |
                9    | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |         |                                    | {"hangupcause":16,"hangupsource":"dialplan/builtin","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |         |                                    |                                                                            |
                9    | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |         |                                    |                                                                            |
                """));
        assertThat(call.at("/answered_by/extension")).isEqualTo("101");
        assertThat(call.has("/participants/2")).isFalse();
        assertThat(call.at("/hangup/by")).isEqualTo("callee");
    }
}
