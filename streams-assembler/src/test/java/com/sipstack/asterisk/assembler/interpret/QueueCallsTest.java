package com.sipstack.asterisk.assembler.interpret;

import static com.sipstack.asterisk.assembler.interpret.ToldCall.tell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Callers who wait for agents. */
class QueueCallsTest {
    @Test
    void aQueueThatIsFullOfWaitingOverflowsToTheNext() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | cid_name   | exten       | context       | appname  | appdata         | extra                                                                   | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn     |          |                 |                                                                         |
                0.2  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Answer   |                 |                                                                         |
                1    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,10  |                                                                         |
                1.1  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | s           | from-internal | AppQueue | (Outgoing Line) |                                                                         |
                11   | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             | from-internal | AppQueue | (Outgoing Line) | {"hangupcause":16,"hangupsource":"","dialstatus":""}                    |
                11   | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |               |          |                 |                                                                         |
                11   | APP_END      | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,10  |                                                                         |
                11   | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | sales,t,,,30    |                                                                         |
                11.1 | CHAN_START   | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     | s           | from-internal | AppQueue | (Outgoing Line) |                                                                         |
                14   | ANSWER       | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     | 600         | from-internal | AppQueue | (Outgoing Line) |                                                                         |
                14.1 | BRIDGE_ENTER | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal | AppQueue | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  |
                14.1 | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | sales,t,,,30    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  | PJSIP/102-00000003
                20   | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | sales,t,,,30    | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  | PJSIP/102-00000003
                20   | BRIDGE_EXIT  | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal | AppQueue | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal | AppQueue | (Outgoing Line) | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             |               |          |                 |                                                                         |
                20   | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | sales,t,,,30    | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |          |                 |                                                                         |
                20   | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |          |                 |                                                                         |
                """));
        assertThat(call.at("/queue/0/name")).isEqualTo("support");
        assertThat(call.at("/queue/0/outcome")).isEqualTo("timed_out");
        assertThat(call.at("/queue/0/attempts/0/extension")).isEqualTo("101");
        assertThat(call.at("/queue/1/name")).isEqualTo("sales");
        assertThat(call.at("/queue/1/outcome")).isEqualTo("answered");
        assertThat(call.at("/queue/1/wait_seconds")).isEqualTo("3.1");
        assertThat(call.at("/queue/1/attempts/0/extension")).isEqualTo("102");
        assertThat(call.has("/queue/1/attempts/1")).isFalse();
        assertThat(call.at("/answered_by/extension")).isEqualTo("102");
    }

    @Test
    void aCallerLeavesTheQueueByAKeyForAMailbox() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | cid_name   | exten       | context       | appname   | appdata         | extra
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn     |           |                 |
                0.2  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Answer    |                 |
                1    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue     | support,t,,,300 |
                1.1  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | s           | from-internal | AppQueue  | (Outgoing Line) |
                8    | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             | from-internal | AppQueue  | (Outgoing Line) | {"hangupcause":16,"hangupsource":"","dialstatus":""}
                8    | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |               |           |                 |
                8    | APP_END      | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue     | support,t,,,300 |
                8    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 1           | queue-exit    | VoiceMail | 600@default,u   |
                20   | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 1           | queue-exit    |           |                 | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""}
                20   | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |           |                 |
                20   | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |           |                 |
                """));
        assertThat(call.at("/queue/0/outcome")).isEqualTo("exited");
        assertThat(call.at("/voicemail/mailbox")).isEqualTo("600@default");
        assertThat(call.at("/answered")).isEqualTo("false");
    }

    @Test
    void aColleaguePicksUpWhatTheQueueRang() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame            | uniqueid     | cid_num    | cid_name   | exten       | context       | appname  | appdata         | extra                                                                            | peer
                0    | CHAN_START   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn     |          |                 |                                                                                  |
                0.2  | ANSWER       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Answer   |                 |                                                                                  |
                1    | APP_START    | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300 |                                                                                  |
                1.1  | CHAN_START   | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | s           | from-internal | AppQueue | (Outgoing Line) |                                                                                  |
                3    | CHAN_START   | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     | *8          | from-internal |          |                 |                                                                                  |
                3.1  | PICKUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | 600         | from-internal | AppQueue | (Outgoing Line) | {"pickup_channel":"PJSIP/102-00000003","pickup_channel_uniqueid":"1795305290.2"} |
                3.1  | ANSWER       | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     | *8          | from-internal | Pickup   |                 |                                                                                  |
                3.2  | BRIDGE_ENTER | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal | AppQueue | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                           |
                3.2  | BRIDGE_ENTER | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                           | PJSIP/102-00000003
                3.2  | HANGUP       | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  | *8          | from-internal |          |                 | {"hangupcause":26,"hangupsource":"","dialstatus":""}                             |
                3.2  | CHAN_END     | PJSIP/101-00000002  | 1795305289.1 | 101        | Alice Roy  |             |               |          |                 |                                                                                  |
                9.2  | BRIDGE_EXIT  | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal | AppQueue | (Outgoing Line) | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                           | PJSIP/bell-00000001
                9.2  | BRIDGE_EXIT  | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300 | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                           |
                9.3  | HANGUP       | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             | from-internal |          |                 | {"hangupcause":16,"hangupsource":"PJSIP/102-00000003","dialstatus":""}           |
                9.3  | CHAN_END     | PJSIP/102-00000003  | 1795305290.2 | 102        | Bob Ng     |             |               |          |                 |                                                                                  |
                9.3  | HANGUP       | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    |          |                 | {"hangupcause":16,"hangupsource":"PJSIP/102-00000003","dialstatus":""}           |
                9.3  | CHAN_END     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |          |                 |                                                                                  |
                9.3  | LINKEDID_END | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | John Smith |             |               |          |                 |                                                                                  |
                """));
        assertThat(call.at("/queue/0/outcome")).isEqualTo("answered");
        assertThat(call.at("/queue/0/agent/extension")).isEqualTo("102");
        assertThat(call.at("/queue/0/attempts/0/extension")).isEqualTo("101");
        assertThat(call.has("/queue/0/attempts/1")).isFalse();
        assertThat(call.at("/pickup/by/extension")).isEqualTo("102");
        assertThat(call.at("/pickup/from/extension")).isEqualTo("101");
        assertThat(call.at("/ring_seconds")).isEqualTo("2.1");
    }

    @Test
    void anAgentAnswersOnTheMobileThroughFollowMe() {
        ToldCall call = tell(Cels.table("""
                time | eventtype    | channame                                  | uniqueid     | cid_num    | cid_name   | exten       | context       | appname  | appdata                | extra                                                                   | peer
                0    | CHAN_START   | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 16475550101 | from-pstn     |          |                        |                                                                         |
                0.2  | ANSWER       | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Answer   |                        |                                                                         |
                1    | APP_START    | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300        |                                                                         |
                1.1  | CHAN_START   | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            | s           | from-internal | AppQueue | (Outgoing Line)        |                                                                         |
                1.1  | CHAN_START   | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            | 108         | from-internal |          |                        |                                                                         |
                1.2  | APP_START    | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            | 108         | from-internal | FollowMe | 108                    |                                                                         |
                1.3  | CHAN_START   | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            | s           | from-internal |          |                        |                                                                         |
                1.3  | CHAN_START   | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            | 4165550188  | from-internal |          |                        |                                                                         |
                1.4  | CHAN_START   | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            | s           | from-pstn     |          |                        |                                                                         |
                6    | ANSWER       | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            | 4165550188  | from-pstn     | AppDial  | (Outgoing Line)        |                                                                         |
                6    | ANSWER       | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            | 4165550188  | from-internal | Dial     | PJSIP/14165550188@sbc1 |                                                                         |
                6.1  | BRIDGE_ENTER | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            |             | from-pstn     | AppDial  | (Outgoing Line)        | {"bridge_id":"b3","bridge_technology":"simple_bridge"}                  |
                6.1  | BRIDGE_ENTER | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            | 4165550188  | from-internal | Dial     | PJSIP/14165550188@sbc1 | {"bridge_id":"b3","bridge_technology":"simple_bridge"}                  | PJSIP/sbc1-00000009
                6.1  | ANSWER       | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            |             | from-internal | AppDial  | (Outgoing Line)        |                                                                         |
                8    | ANSWER       | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            | 108         | from-internal | FollowMe | 108                    |                                                                         |
                8    | BRIDGE_ENTER | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            |             | from-internal |          |                        | {"bridge_id":"b2","bridge_technology":"simple_bridge"}                  |
                8    | BRIDGE_ENTER | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            | 108         | from-internal | FollowMe | 108                    | {"bridge_id":"b2","bridge_technology":"simple_bridge"}                  | Local/4165550188@from-internal-00000001
                8    | ANSWER       | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            |             | from-internal | AppQueue | (Outgoing Line)        |                                                                         |
                8.1  | BRIDGE_ENTER | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            |             | from-internal | AppQueue | (Outgoing Line)        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  |
                8.1  | BRIDGE_ENTER | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  | Local/108@from-internal-00000000
                20   | BRIDGE_EXIT  | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    | Queue    | support,t,,,300        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith | 600         | ext-queues    |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | PJSIP/bell-00000001                       | 1795305288.0 | 4165551234 | John Smith |             |               |          |                        |                                                                         |
                20   | BRIDGE_EXIT  | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            |             |               |          |                        | {"bridge_id":"b1","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | Local/108@from-internal-00000000;1        | 1795305291.1 | 108        |            |             |               |          |                        |                                                                         |
                20   | BRIDGE_EXIT  | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            |             |               |          |                        | {"bridge_id":"b2","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | Local/108@from-internal-00000000;2        | 1795305291.2 | 4165551234 |            |             |               |          |                        |                                                                         |
                20   | BRIDGE_EXIT  | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            |             |               |          |                        | {"bridge_id":"b2","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | Local/4165550188@from-internal-00000001;1 | 1795305292.3 | 4165550188 |            |             |               |          |                        |                                                                         |
                20   | BRIDGE_EXIT  | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            |             |               |          |                        | {"bridge_id":"b3","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | Local/4165550188@from-internal-00000001;2 | 1795305292.4 | 4165551234 |            |             |               |          |                        |                                                                         |
                20   | BRIDGE_EXIT  | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            |             |               |          |                        | {"bridge_id":"b3","bridge_technology":"simple_bridge"}                  |
                20   | HANGUP       | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            |             |               |          |                        | {"hangupcause":16,"hangupsource":"PJSIP/bell-00000001","dialstatus":""} |
                20   | CHAN_END     | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            |             |               |          |                        |                                                                         |
                20   | LINKEDID_END | PJSIP/sbc1-00000009                       | 1795305293.5 | 4165550188 |            |             |               |          |                        |                                                                         |
                """));
        assertThat(call.at("/direction")).isEqualTo("i");
        assertThat(call.at("/answered_by/number")).isEqualTo("14165550188");
        assertThat(call.at("/queue/0/agent/extension")).isEqualTo("108");
        assertThat(call.at("/queue/0/attempts/0/extension")).isEqualTo("108");
        assertThat(call.at("/talk_seconds")).isEqualTo("11.9");
        assertThat(call.at("/trunk/in")).isEqualTo("bell");
        assertThat(call.at("/trunk/out")).isEqualTo("sbc1");
        assertThat(call.has("/forwards")).isFalse();
    }
}
