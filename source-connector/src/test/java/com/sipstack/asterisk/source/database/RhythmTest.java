package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private final Rhythm rhythm = new Rhythm(Duration.ofSeconds(1));

    @Test
    void aQuietPbxIsAskedOnceInTheInterval() {
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rhythm.after(27)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aBusyOneIsAskedAsOftenAsATurnBringsSomeRows() {
        assertThat(rhythm.after(100)).isEqualTo(Duration.ofMillis(500));
        assertThat(rhythm.after(50)).isEqualTo(Duration.ofMillis(500));
        assertThat(rhythm.after(40)).isEqualTo(Duration.ofMillis(625));
    }

    @Test
    void noneIsAskedMoreThanFiveTimesAsOften() {
        assertThat(rhythm.after(1_000_000)).isEqualTo(Duration.ofMillis(200));
        assertThat(rhythm.after(1_000_000)).isEqualTo(Duration.ofMillis(200));
        assertThat(rhythm.after(0)).isEqualTo(Duration.ofSeconds(1));
    }
}
