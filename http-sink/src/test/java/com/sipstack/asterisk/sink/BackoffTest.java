package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "7, 32000", "8, 60000", "5000, 60000"})
    void theLimitDoublesUpToTheLongest(int attempts, long limit) {
        Backoff backoff = backoff(new Random(1));

        for (int i = 0; i < 100; i++) {
            assertThat(backoff.after(attempts, Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofMillis(limit));
        }
    }

    @Test
    void theJitterIsFull() {
        Backoff backoff = backoff(new Random(1));

        assertThat(IntStream.range(0, 1_000)
                        .mapToLong(i -> backoff.after(8, Duration.ZERO).toMillis())
                        .summaryStatistics())
                .satisfies(waits -> assertThat(waits.getMin()).isLessThan(1_000))
                .satisfies(waits -> assertThat(waits.getMax()).isGreaterThan(59_000));
    }

    @Test
    void aLongerRetryAfterGoesFirst() {
        assertThat(backoff(new Random(1)).after(1, Duration.ofMinutes(5))).hasMinutes(5);
    }

    private static Backoff backoff(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), random);
    }
}
