package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private final Rhythm rhythm = new Rhythm(Duration.ofSeconds(1));

    @Test
    void aQuietPbxIsAskedOnceInTheInterval() {
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rhythm.after(17)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aBusyOneIsAskedAsOftenAsATurnBringsSomeRows() {
        assertThat(rhythm.after(40)).isEqualTo(Duration.ofMillis(500));
        assertThat(rhythm.after(20)).isEqualTo(Duration.ofMillis(500));
        assertThat(rhythm.after(16)).isEqualTo(Duration.ofMillis(625));
    }

    @Test
    void noneIsAskedMoreThanTenTimesAsOften() {
        assertThat(rhythm.after(1_000_000)).isEqualTo(Duration.ofMillis(100));
        assertThat(rhythm.after(1_000_000)).isEqualTo(Duration.ofMillis(100));
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
    }
}
