package com.sipstack.asterisk.assembler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTiesTest {
    private static Row event(String type, String channel, String uniqueid, String linkedid, String extra) {
        return Cel.MAPPING.fromColumns(Map.of(
                "pbx",
                "pbx-east",
                "source",
                "ami",
                "eventtype",
                type,
                "channame",
                channel,
                "uniqueid",
                uniqueid,
                "linkedid",
                linkedid,
                "extra",
                extra));
    }

    @Test
    void aChannelThatWentOverTiesBothCalls() {
        CallTies ties = CallTies.of(List.of(
                event("CHAN_START", "SIP/101-00000001", "1795305290.5", "1795305290.5", ""),
                event("BRIDGE_ENTER", "SIP/101-00000001", "1795305290.5", "1795305288.0", "")));
        assertThat(ties.groups()).containsExactly(List.of("1795305288.0", "1795305290.5"));
        assertThat(ties.survivorOf("1795305290.5")).isEqualTo("1795305288.0");
    }

    @Test
    void eventsNameChannelsOfTheOtherCall() {
        List<Row> rows = new ArrayList<>(List.of(
                event("CHAN_START", "SIP/102-00000009", "1795305299.9", "1795305299.9", ""),
                event(
                        "PICKUP",
                        "SIP/101-00000001",
                        "1795305288.2",
                        "1795305288.0",
                        "{\"pickup_channel\":\"SIP/102-00000009\",\"pickup_channel_uniqueid\":\"1795305299.9\"}"),
                event("CHAN_START", "SIP/103-0000000a", "1795305301.1", "1795305301.1", ""),
                event(
                        "PARK_END",
                        "SIP/sbc-00000000",
                        "1795305288.0",
                        "1795305288.0",
                        "{\"reason\":\"ParkedCallUnparked\",\"retriever\":\"SIP/103-0000000a\"}")));
        List<List<String>> groups = CallTies.of(rows).groups();
        assertThat(groups).containsExactly(List.of("1795305288.0", "1795305299.9", "1795305301.1"));
        Collections.reverse(rows);
        assertThat(CallTies.of(rows).groups()).isEqualTo(groups);
    }

    @Test
    void callsThatShareNothingStayApart() {
        CallTies ties = CallTies.of(List.of(
                event("CHAN_START", "SIP/101-00000001", "1795305288.0", "1795305288.0", ""),
                event("CHAN_START", "SIP/102-00000002", "1795305289.1", "1795305289.1", "")));
        assertThat(ties.groups()).containsExactly(List.of("1795305288.0"), List.of("1795305289.1"));
        assertThat(ties.survivorOf("1795305289.1")).isEqualTo("1795305289.1");
    }
}
