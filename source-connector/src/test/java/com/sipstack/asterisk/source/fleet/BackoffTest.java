package com.sipstack.asterisk.source.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToHalfAMinute() {
        Backoff backoff = new Backoff(() -> 1);

        assertThat(Stream.generate(backoff::next).limit(7).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void waitsAnyPartOfThat() {
        assertThat(new Backoff(() -> 0.25).next()).isEqualTo(Duration.ofMillis(250));
        assertThat(new Backoff(() -> 0).next()).isZero();
    }

    @Test
    void beginsAgainAfterASuccess() {
        Backoff backoff = new Backoff(() -> 1);
        backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }
}
