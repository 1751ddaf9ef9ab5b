package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void pbxsThatWereReadAtDifferentMomentsOfATickAreReadTogetherAfterASecond() {
        assertThat(3_004 + waits(1_000, 3_004)).isEqualTo(4_000);
        assertThat(3_049 + waits(1_000, 3_049)).isEqualTo(4_000);
        assertThat(2_951 + waits(1_000, 2_951)).isEqualTo(4_000);
    }

    @Test
    void aBusyPbxIsReadEachTick() {
        assertThat(waits(100, 3_005)).isEqualTo(95);
        assertThat(waits(100, 3_000)).isEqualTo(100);
    }

    @Test
    void whereADatabaseIsSlowThereIsHalfATickOfRestAtLeast() {
        assertThat(waits(100, 3_050)).isEqualTo(50 + 100);
        assertThat(waits(100, 3_049)).isEqualTo(51);
    }

    @Test
    void aWaitShorterThanATickStaysAsItIs() {
        assertThat(waits(7, 3_004)).isEqualTo(7);
        assertThat(waits(0, 3_004)).isZero();
    }

    @Test
    void theClockOfTheProcessMayBeBelowZero() {
        assertThat(waits(1_000, -3_004)).isEqualTo(1_004);
    }

    /** All in milliseconds. */
    private static long waits(long wait, long now) {
        long nanos = Ticks.untilNearest(
                Duration.ofMillis(wait).toNanos(), Duration.ofMillis(now).toNanos());
        return Duration.ofNanos(nanos).toMillis();
    }
}
