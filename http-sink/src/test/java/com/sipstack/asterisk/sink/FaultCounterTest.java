package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FaultCounterTest {
    private static final Instant START = Instant.parse("2026-11-21T23:56:19Z");

    private final FaultCounter counter = new FaultCounter();

    @Test
    void theFirstIsLoggedAndThenOneAMinuteWithTheCount() {
        assertThat(counter.count(START)).hasValue(1);
        assertThat(counter.count(START.plusSeconds(1))).isEmpty();
        assertThat(counter.count(START.plusSeconds(59))).isEmpty();
        assertThat(counter.count(START.plusSeconds(60))).hasValue(3);
        assertThat(counter.count(START.plusSeconds(61))).isEmpty();
    }
}
