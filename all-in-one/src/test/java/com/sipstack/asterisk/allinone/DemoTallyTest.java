package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.stubapi.ArrivalOrder;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import com.sipstack.asterisk.stubapi.StubStats;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DemoTallyTest {
    private static final StubStats STATS = new StubStats(0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0);

    private final DemoTally tally = new DemoTally();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aCallThatIsNotCompleteInTheEndIsLost() throws Exception {
        tally.began(new FreshCall(List.of("1795305288.0", "1795305289.1"), List.of()));
        tally.arrived(document("1795305288.0", "initial"));
        tally.arrived(document("1795305288.0", "complete"));
        tally.arrived(document("1795305289.1", "initial"));
        tally.awaitAll(Duration.ofMillis(1));

        assertThat(summary(true)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("2 calls in, 1 complete, 3 documents out, 0 refused, lost 1")
                .contains("lost: 1795305289.1");
    }

    /** However long the parts took to start, which is no fault of the calls'. */
    @Test
    void patienceBeginsOnceAllCallsWereMade() throws Exception {
        Duration patience = Duration.ofMillis(200);
        Instant began = Instant.now();
        await().until(() -> Duration.between(began, Instant.now()).compareTo(patience) > 0);
        tally.began(new FreshCall(List.of("1795305288.0"), List.of()));
        Instant waiting = Instant.now();
        tally.awaitAll(patience);

        assertThat(Duration.between(waiting, Instant.now())).isGreaterThanOrEqualTo(patience);
    }

    @Test
    void aDemoThatWasStoppedHasLostNothing() {
        tally.began(new FreshCall(List.of("1795305288.0"), List.of()));

        assertThat(summary(false)).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("still going on 1");
    }

    private boolean summary(boolean over) {
        return tally.summary(new PrintStream(printed, true, StandardCharsets.UTF_8), STATS, over);
    }

    private static ReceivedDocument document(String linkedid, String phase) {
        return new ReceivedDocument(
                Instant.EPOCH,
                Optional.empty(),
                "demo-pbx",
                linkedid,
                OptionalLong.of(1),
                phase,
                Optional.empty(),
                ArrivalOrder.IN_ORDER,
                "{}");
    }
}
