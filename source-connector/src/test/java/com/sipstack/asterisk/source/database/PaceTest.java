package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));

    @Test
    void rowsTakeTheirTime() {
        Pace pace = new Pace(clock, 20);

        assertThat(pace.after(20)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(pace.after(5)).isEqualTo(Duration.ofMillis(250));
        assertThat(pace.after(5)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void quietTimesAreNotSavedUp() {
        Pace pace = new Pace(clock, 20);
        pace.after(1);
        clock.advance(Duration.ofHours(1));

        assertThat(pace.after(20)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(pace.after(0)).isZero();
    }

    @Test
    void withoutALimitThereIsNoWait() {
        assertThat(new Pace(clock, 0).after(1_000_000)).isZero();
    }
}
