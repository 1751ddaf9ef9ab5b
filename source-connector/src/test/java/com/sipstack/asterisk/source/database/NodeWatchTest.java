package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
    private final NodeWatch watch = new NodeWatch("PBX east, table cel");

    @Test
    void twoChannelsOfOneUniqueidAreReported() {
        watch.observe(event("CHAN_START", "1795305288.0", "SIP/a-00000000"));
        watch.observe(event("1", "1795305288.0", "SIP/b-00000000"));

        assertThat(watch.collisions()).isEqualTo(1);
    }

    @Test
    void aStartThatIsReadAgainIsNone() {
        watch.observe(event("CHAN_START", "1795305288.0", "SIP/a-00000000"));
        watch.observe(event("CHAN_START", "1795305288.0", "SIP/a-00000000"));
        watch.observe(event("HANGUP", "1795305288.0", "SIP/renamed-00000000"));

        assertThat(watch.collisions()).isZero();
    }

    @Test
    void memoryIsBounded() {
        watch.observe(event("CHAN_START", "1795305288.0", "SIP/a-00000000"));
        for (int i = 1; i <= NodeWatch.MEMORY; i++) {
            watch.observe(event("CHAN_START", "1795305288." + i, "SIP/a"));
        }
        watch.observe(event("CHAN_START", "1795305288.0", "SIP/b-00000000"));

        assertThat(watch.collisions()).isZero();
    }

    private static TableRow event(String type, String uniqueid, String channel) {
        return new TableRow(1, Map.of("eventtype", type, "uniqueid", uniqueid, "channame", channel));
    }
}
