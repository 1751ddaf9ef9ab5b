package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T23:56:19Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                              | 0",
                "120                            | 120",
                "Sat, 21 Nov 2026 23:57:19 GMT  | 60",
                "Saturday, 21-Nov-26 23:57:19 GMT | 60",
                "Sat, 21 Nov 2026 23:55:19 GMT  | 0",
                "soon                           | 0",
                "-5                             | 0",
                "99999999999999999999           | 0"
            })
    void secondsAndDatesAreRead(String value, long seconds) {
        assertThat(RetryAfter.from(Headers.of("Retry-After", value), NOW)).hasSeconds(seconds);
    }

    @Test
    void withoutTheHeaderThereIsNothingToWaitFor() {
        assertThat(RetryAfter.from(Headers.of(), NOW)).isEqualTo(Duration.ZERO);
    }
}
