package com.sipstack.asterisk.assembler.interpret;

import static com.sipstack.asterisk.assembler.interpret.ToldCall.tell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls that go out, or come in, on trunks. */
class TrunkCallsTest {
    @Test
    void theSecondTrunkCarriesTheCall() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num      | cid_name | exten        | context       | appname | appdata                   | extra                                                                         | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      | 914165550123 | from-internal |         |                           |                                                                               |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 914165550123 |          | s            | from-pstn     |         |                           |                                                                               |
                0.5  | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 914165550123 |          |              | from-pstn     | AppDial | (Outgoing Line)           | {"hangupcause":38,"hangupsource":"PJSIP/sbc1-00000002","dialstatus":""}       |
                0.5  | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 914165550123 |          |              | from-pstn     | AppDial | (Outgoing Line)           |                                                                               |
                0.6  | CHAN_START   | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          | s            | from-pstn     |         |                           |                                                                               |
                4    | ANSWER       | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          | 914165550123 | from-pstn     | AppDial | (Outgoing Line)           |                                                                               |
                4    | ANSWER       | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      | 914165550123 | from-internal | Dial    | PJSIP/14165550123@sbc2,60 |                                                                               |
                4.1  | BRIDGE_ENTER | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          |              | from-pstn     | AppDial | (Outgoing Line)           | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      | 914165550123 | from-internal | Dial    | PJSIP/14165550123@sbc2,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        | PJSIP/sbc2-00000003
                9.1  | BRIDGE_EXIT  | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          |              | from-pstn     | AppDial | (Outgoing Line)           | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        | PJSIP/104-00000001
                9.1  | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      | 914165550123 | from-internal | Dial    | PJSIP/14165550123@sbc2,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                9.1  | HANGUP       | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          |              | from-pstn     | AppDial | (Outgoing Line)           | {"hangupcause":16,"hangupsource":"PJSIP/sbc2-00000003","dialstatus":""}       |
                9.1  | CHAN_END     | PJSIP/sbc2-00000003 | 1795305289.2 | 914165550123 |          |              |               |         |                           |                                                                               |
                9.2  | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      | 914165550123 | from-internal |         |                           | {"hangupcause":16,"hangupsource":"PJSIP/sbc2-00000003","dialstatus":"ANSWER"} |
                9.2  | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      |              |               |         |                           |                                                                               |
                9.2  | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104          | Dan      |              |               |         |                           |                                                                               |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/trunk/out")).isEqualTo("sbc2");
        assertThat(call.at("/answered_by/number")).isEqualTo("14165550123");
        assertThat(call.at("/disposition")).isEqualTo("ANSWERED");
        assertThat(call.at("/hangup/by")).isEqualTo("callee");
    }

    @Test
    void aDiallerRingsTheOutsidePartyFirst() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num     | cid_name  | exten | context       | appname  | appdata         | extra                                                                         | peer
                0    | CHAN_START   | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      | s     | from-pstn     |          |                 |                                                                               |
                5    | ANSWER       | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      |       | from-pstn     | AppDial2 | (Outgoing Line) |                                                                               |
                5.1  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy | s     | from-internal |          |                 |                                                                               |
                7    | ANSWER       | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy | 101   | from-internal | AppDial  | (Outgoing Line) |                                                                               |
                7.1  | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy |       | from-internal | AppDial  | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                7.1  | BRIDGE_ENTER | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      | 101   | from-internal | Dial     | PJSIP/101,20    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        | PJSIP/101-00000002
                12.1 | BRIDGE_EXIT  | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      | 101   | from-internal | Dial     | PJSIP/101,20    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        | PJSIP/101-00000002
                12.1 | BRIDGE_EXIT  | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy |       | from-internal | AppDial  | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                12.1 | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy |       | from-internal | AppDial  | (Outgoing Line) | {"hangupcause":16,"hangupsource":"PJSIP/sbc1-00000001","dialstatus":""}       |
                12.1 | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101         | Alice Roy |       |               |          |                 |                                                                               |
                12.1 | HANGUP       | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      | 101   | from-internal |          |                 | {"hangupcause":16,"hangupsource":"PJSIP/sbc1-00000001","dialstatus":"ANSWER"} |
                12.1 | CHAN_END     | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      |       |               |          |                 |                                                                               |
                12.1 | LINKEDID_END | PJSIP/sbc1-00000001 | 1795305288.0 | 16475550100 | Acme      |       |               |          |                 |                                                                               |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/src_number")).isEqualTo("16475550100");
        assertThat(call.has("/dialled")).isFalse();
        assertThat(call.has("/dst_number")).isFalse();
        assertThat(call.at("/answered_by/channel")).isEqualTo("PJSIP/sbc1-00000001");
        assertThat(call.has("/answered_by/extension")).isFalse();
        assertThat(call.has("/answered_by/number")).isFalse();
        assertThat(call.at("/final_party/extension")).isEqualTo("101");
        assertThat(call.at("/hangup/by")).isEqualTo("callee");
    }

    @Test
    void clickToCallRingsTheExtensionFirst() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num     | cid_name | exten       | context       | appname  | appdata                | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    | s           | from-internal |          |                        |                                                                              |
                2    | ANSWER       | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    |             | from-internal | AppDial2 | (Outgoing Line)        |                                                                              |
                2.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          | s           | from-pstn     |          |                        |                                                                              |
                6    | ANSWER       | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          | 14165550177 | from-pstn     | AppDial  | (Outgoing Line)        |                                                                              |
                6.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          |             | from-pstn     | AppDial  | (Outgoing Line)        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                6.1  | BRIDGE_ENTER | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    | 14165550177 | from-internal | Dial     | PJSIP/14165550177@sbc1 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9.1  | BRIDGE_EXIT  | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    | 14165550177 | from-internal | Dial     | PJSIP/14165550177@sbc1 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9.1  | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          |             | from-pstn     | AppDial  | (Outgoing Line)        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9.1  | HANGUP       | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/101-00000001","dialstatus":""}       |
                9.1  | CHAN_END     | PJSIP/sbc1-00000002 | 1795305291.1 | 14165550177 |          |             |               |          |                        |                                                                              |
                9.1  | HANGUP       | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    | 14165550177 | from-internal |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/101-00000001","dialstatus":"ANSWER"} |
                9.1  | CHAN_END     | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    |             |               |          |                        |                                                                              |
                9.1  | LINKEDID_END | PJSIP/101-00000001  | 1795305288.0 | 101         | Alice    |             |               |          |                        |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/src_extension")).isEqualTo("101");
        assertThat(call.at("/answered_by/number")).isEqualTo("14165550177");
        assertThat(call.at("/dst_number")).isEqualTo("14165550177");
    }

    @Test
    void directInwardAccessDialsOutAgain() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num     | cid_name   | exten        | context       | appname | appdata                | extra                                                                         | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | 16475550105  | from-pstn     |         |                        |                                                                               |
                0.2  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | s            | disa          | Answer  |                        |                                                                               |
                1    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | s            | disa          | DISA    | 1234,from-internal     |                                                                               |
                9    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | 914165550199 | from-internal | Dial    | PJSIP/14165550199@sbc1 |                                                                               |
                9    | CHAN_START   | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            | s            | from-pstn     |         |                        |                                                                               |
                12   | ANSWER       | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            | 914165550199 | from-pstn     | AppDial | (Outgoing Line)        |                                                                               |
                12.1 | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            |              | from-pstn     | AppDial | (Outgoing Line)        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                12.1 | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | 914165550199 | from-internal | Dial    | PJSIP/14165550199@sbc1 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        | PJSIP/sbc1-00000002
                20   | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith | 914165550199 | from-internal | Dial    | PJSIP/14165550199@sbc1 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                20   | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            |              | from-pstn     | AppDial | (Outgoing Line)        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                        |
                20   | HANGUP       | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            |              |               |         |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""}       |
                20   | CHAN_END     | PJSIP/sbc1-00000002 | 1795305299.1 | 14165550199 |            |              |               |         |                        |                                                                               |
                20   | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith |              |               |         |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":"ANSWER"} |
                20   | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith |              |               |         |                        |                                                                               |
                20   | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234  | John Smith |              |               |         |                        |                                                                               |
                """));
        assertThat(call.at("/direction")).isEqualTo("i");
        assertThat(call.at("/dialled")).isEqualTo("16475550105");
        assertThat(call.at("/answered_by/number")).isEqualTo("14165550199");
        assertThat(call.has("/transfers")).isFalse();
    }

    @Test
    void emergencyCallsGoOut() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num | cid_name | exten | context       | appname | appdata           | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 911   | from-internal |         |                   |                                                                              |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          | s     | from-pstn     |         |                   |                                                                              |
                4    | ANSWER       | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          | 911   | from-pstn     | AppDial | (Outgoing Line)   |                                                                              |
                4.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          |       | from-pstn     | AppDial | (Outgoing Line)   | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 911   | from-internal | Dial    | PJSIP/911@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9    | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 911   | from-internal | Dial    | PJSIP/911@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          |       | from-pstn     | AppDial | (Outgoing Line)   | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          |       |               |         |                   | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""}       |
                9    | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 911     |          |       |               |         |                   |                                                                              |
                9    | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 911   | from-internal |         |                   | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |       |               |         |                   |                                                                              |
                9    | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |       |               |         |                   |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/dst_number")).isEqualTo("911");
        assertThat(call.at("/answered_by/number")).isEqualTo("911");
        assertThat(call.at("/disposition")).isEqualTo("ANSWERED");
    }

    @Test
    void emergencyCallsGoOutWithADigitForTheLine() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num | cid_name | exten | context       | appname | appdata           | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 9911  | from-internal |         |                   |                                                                              |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          | s     | from-pstn     |         |                   |                                                                              |
                4    | ANSWER       | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          | 9911  | from-pstn     | AppDial | (Outgoing Line)   |                                                                              |
                4.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          |       | from-pstn     | AppDial | (Outgoing Line)   | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 9911  | from-internal | Dial    | PJSIP/911@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9    | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 9911  | from-internal | Dial    | PJSIP/911@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          |       | from-pstn     | AppDial | (Outgoing Line)   | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          |       |               |         |                   | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""}       |
                9    | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 9911    |          |       |               |         |                   |                                                                              |
                9    | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 9911  | from-internal |         |                   | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |       |               |         |                   |                                                                              |
                9    | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |       |               |         |                   |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/answered_by/number")).isEqualTo("911");
    }

    @Test
    void localNumbersAreAsShortAsExtensions() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num | cid_name | exten   | context       | appname | appdata               | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 5551234 | from-internal |         |                       |                                                                              |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          | s       | from-pstn     |         |                       |                                                                              |
                4    | ANSWER       | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          | 5551234 | from-pstn     | AppDial | (Outgoing Line)       |                                                                              |
                4.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          |         | from-pstn     | AppDial | (Outgoing Line)       | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 5551234 | from-internal | Dial    | PJSIP/5551234@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9    | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 5551234 | from-internal | Dial    | PJSIP/5551234@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          |         | from-pstn     | AppDial | (Outgoing Line)       | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          |         |               |         |                       | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""}       |
                9    | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 5551234 |          |         |               |         |                       |                                                                              |
                9    | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      | 5551234 | from-internal |         |                       | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |         |               |         |                       |                                                                              |
                9    | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104     | Dan      |         |               |         |                       |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/dst_number")).isEqualTo("5551234");
        assertThat(call.at("/answered_by/number")).isEqualTo("5551234");
        assertThat(call.has("/dst_extension")).isFalse();
    }

    @Test
    void tollFreeNumbersGoOut() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num     | cid_name | exten       | context       | appname | appdata                   | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      | 18005551234 | from-internal |         |                           |                                                                              |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          | s           | from-pstn     |         |                           |                                                                              |
                4    | ANSWER       | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          | 18005551234 | from-pstn     | AppDial | (Outgoing Line)           |                                                                              |
                4.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          |             | from-pstn     | AppDial | (Outgoing Line)           | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      | 18005551234 | from-internal | Dial    | PJSIP/18005551234@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9    | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      | 18005551234 | from-internal | Dial    | PJSIP/18005551234@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          |             | from-pstn     | AppDial | (Outgoing Line)           | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          |             |               |         |                           | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""}       |
                9    | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 18005551234 |          |             |               |         |                           |                                                                              |
                9    | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      | 18005551234 | from-internal |         |                           | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      |             |               |         |                           |                                                                              |
                9    | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104         | Dan      |             |               |         |                           |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/dst_number")).isEqualTo("18005551234");
    }

    @Test
    void callsAbroadAreInternational() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num         | cid_name | exten           | context       | appname | appdata                       | extra                                                                        | peer
                0    | CHAN_START   | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      | 011442071838750 | from-internal |         |                               |                                                                              |
                0.1  | CHAN_START   | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          | s               | from-pstn     |         |                               |                                                                              |
                4    | ANSWER       | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          | 011442071838750 | from-pstn     | AppDial | (Outgoing Line)               |                                                                              |
                4.1  | BRIDGE_ENTER | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          |                 | from-pstn     | AppDial | (Outgoing Line)               | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                4.1  | BRIDGE_ENTER | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      | 011442071838750 | from-internal | Dial    | PJSIP/011442071838750@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       | PJSIP/sbc1-00000002
                9    | BRIDGE_EXIT  | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      | 011442071838750 | from-internal | Dial    | PJSIP/011442071838750@sbc1,60 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | BRIDGE_EXIT  | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          |                 | from-pstn     | AppDial | (Outgoing Line)               | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                       |
                9    | HANGUP       | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          |                 |               |         |                               | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":""}       |
                9    | CHAN_END     | PJSIP/sbc1-00000002 | 1795305288.1 | 011442071838750 |          |                 |               |         |                               |                                                                              |
                9    | HANGUP       | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      | 011442071838750 | from-internal |         |                               | {"hangupcause":16,"hangupsource":"PJSIP/104-00000001","dialstatus":"ANSWER"} |
                9    | CHAN_END     | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      |                 |               |         |                               |                                                                              |
                9    | LINKEDID_END | PJSIP/104-00000001  | 1795305288.0 | 104             | Dan      |                 |               |         |                               |                                                                              |
                """));
        assertThat(call.at("/direction")).isEqualTo("o");
        assertThat(call.at("/dst_number")).isEqualTo("442071838750");
        assertThat(call.at("/analysis/dst_type")).isEqualTo("international");
    }

    @Test
    void aGuestIsKnownByAnAddressAndHasNoExtension() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame                  | uniqueid     | cid_num    | cid_name  | exten       | context       | extra
                0    | CHAN_START   | SIP/203.0.113.10-00000001 | 1795305288.0 | 4165551234 | Joe       | 16475550101 | public        |
                0.2  | CHAN_START   | PJSIP/101-00000002        | 1795305289.1 | 101        | Alice Roy | s           | from-internal |
                3    | HANGUP       | PJSIP/101-00000002        | 1795305289.1 | 101        | Alice Roy |             |               | {"hangupcause":16,"hangupsource":"","dialstatus":""}
                3    | CHAN_END     | PJSIP/101-00000002        | 1795305289.1 | 101        | Alice Roy |             |               |
                3    | HANGUP       | SIP/203.0.113.10-00000001 | 1795305288.0 | 4165551234 | Joe       |             |               | {"hangupcause":127,"hangupsource":"SIP/203.0.113.10-00000001","dialstatus":"CANCEL"}
                3    | CHAN_END     | SIP/203.0.113.10-00000001 | 1795305288.0 | 4165551234 | Joe       |             |               |
                3    | LINKEDID_END | SIP/203.0.113.10-00000001 | 1795305288.0 | 4165551234 | Joe       |             |               |
                """));
        assertThat(call.at("/direction")).isEqualTo("i");
        assertThat(call.at("/src_number")).isEqualTo("14165551234");
        assertThat(call.has("/src_extension")).isFalse();
        assertThat(call.at("/hangup/by")).isEqualTo("caller");
    }

    @Test
    void anAnonymousCallerHasNoNumber() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num   | cid_name  | exten       | context       | appname | appdata         | extra                                                  | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | anonymous | Anonymous | 16475550101 | from-pstn     |         |                 |                                                        |
                0.2  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101       | Alice Roy | s           | from-internal |         |                 |                                                        |
                2    | ANSWER       | PJSIP/101-00000002  | 1795305289.1 | 101       | Alice Roy | 16475550101 | from-internal | AppDial | (Outgoing Line) |                                                        |
                2    | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | anonymous | Anonymous | 16475550101 | from-pstn     | Dial    | PJSIP/101,20,tT |                                                        |
                2.1  | BRIDGE_ENTER | PJSIP/101-00000002  | 1795305289.1 | 101       | Alice Roy |             | from-internal | AppDial | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"} |
                2.1  | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | anonymous | Anonymous | 16475550101 | from-pstn     | Dial    | PJSIP/101,20,tT | {"bridge_id":"b1","bridge_technology":"simple_bridge"} | PJSIP/101-00000002
                """));
        assertThat(call.at("/direction")).isEqualTo("i");
        assertThat(call.at("/anonymous")).isEqualTo("true");
        assertThat(call.has("/src_number")).isFalse();
        assertThat(call.at("/analysis/src_type")).isEqualTo("anonymous");
    }
}
