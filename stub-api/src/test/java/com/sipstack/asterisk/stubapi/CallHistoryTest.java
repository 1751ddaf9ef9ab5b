package com.sipstack.asterisk.stubapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallHistoryTest {
    private final CallHistory history =
            new CallHistory(new CallKey(Optional.of(1L), new CallKey.Origin("pbx1", "1.1")), Instant.EPOCH);

    @Test
    void onlyTheLastArrivalsOfACallAreRemembered() {
        for (long revision = 1; revision <= CallHistory.LONGEST + 5; revision++) {
            history.add(arrival(revision), "{}", Instant.EPOCH);
        }

        ReceivedCall call = history.snapshot();
        assertThat(call.documents()).isEqualTo(CallHistory.LONGEST + 5);
        assertThat(call.arrivals()).hasSize(CallHistory.LONGEST).startsWith(arrival(6));
    }

    private static Arrival arrival(long revision) {
        return new Arrival("update", OptionalLong.of(revision), Optional.of("k" + revision));
    }
}
