package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final List<Duration> setBack = new ArrayList<>();
    private Instant time = Instant.parse("2026-11-22T13:00:00Z");
    private final ClockWatch watch = new ClockWatch(
            new Clock() {
                @Override
                public Instant instant() {
                    return time;
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            nanos::get,
            setBack::add);

    @Test
    void aClockThatWasHoursAheadAfterTheStartIsNoticedOnce() {
        pass(A_SECOND, Duration.ZERO);
        pass(A_SECOND, Duration.ofHours(-5));
        pass(A_SECOND, Duration.ZERO);

        assertThat(setBack).containsExactly(Duration.ofHours(5));
    }

    @Test
    void aClockThatIsPutRightByLittleOrForwardEndsNothing() {
        pass(A_SECOND, Duration.ofSeconds(-20));
        pass(A_SECOND, Duration.ofSeconds(-20));
        pass(A_SECOND, Duration.ofHours(7));
        // A machine that sleeps does not count on, its clock does
        pass(A_SECOND, Duration.ofDays(3));

        assertThat(setBack).isEmpty();
    }

    private void pass(Duration passed, Duration set) {
        nanos.addAndGet(passed.toNanos());
        time = time.plus(passed).plus(set);
        watch.look();
    }
}
