package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final ThreadDeaths deaths = new ThreadDeaths(2, Duration.ofMinutes(10), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void theThirdThreadThatDiesWithinTheWindowIsNotReplaced() {
        assertThat(deaths.mayReplace()).isTrue();
        assertThat(deaths.mayReplace()).isTrue();
        assertThat(deaths.mayReplace()).isFalse();
    }

    @Test
    void deathsBeforeTheWindowAreForgotten() {
        deaths.mayReplace();
        deaths.mayReplace();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(deaths.mayReplace()).isTrue();
    }
}
