package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ListenerPoolTest {
    private final RecordQueue queue = new RecordQueue(10);

    @Test
    void anErrorWhileAPbxIsCalledFailsTheTaskAndLeavesNoPbxUnheard() throws Exception {
        Backoff broken = new Backoff(() -> {
            throw new NoClassDefFoundError("org/example/Missing");
        });
        try (ListenerPool pool = new ListenerPool(queue, Duration.ofMinutes(5))) {
            pool.start(List.of(listener(broken)));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThatThrownBy(() -> queue.take(Duration.ofMillis(10)))
                            .hasMessageContaining("org/example/Missing"));
        }
    }

    /** Of a PBX that nobody answers at. */
    private PbxListener listener(Backoff backoff) throws Exception {
        Clock clock = Clock.systemUTC();
        return new PbxListener(pbx(), queue, clock, backoff, new AmiCounters(clock), Optional.empty(), () -> {});
    }

    private static AmiPbx pbx() throws Exception {
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new AmiSourceConfig(Map.of(
                            "pbxs", "east",
                            "ami.host", "127.0.0.1",
                            "ami.port", Integer.toString(closedSoon.getLocalPort()),
                            "ami.user", "sipstack",
                            "ami.password", "am1secret"))
                    .pbxs()
                    .get(0);
        }
    }
}
