package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuspicionTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Suspicion suspicion = new Suspicion();

    private boolean isProven(Instant now) {
        return suspicion.isProven(3, TEN_MINUTES, now);
    }

    @Test
    void oneThatFailsOftenEnoughForLongEnoughWhileOthersPassIsToBlame() {
        assertThat(suspicion.isNone()).isTrue();
        suspicion.begin(NOON, 0, 1);
        suspicion.again(NOON.plusSeconds(300), 95, 6, 0.95);
        suspicion.again(NOON.plusSeconds(599), 200, 6, 0.95);

        assertThat(suspicion.isNone()).isFalse();
        assertThat(isProven(NOON.plusSeconds(599))).isFalse();
        assertThat(isProven(NOON.plusSeconds(600))).isTrue();
    }

    @Test
    void whileOthersFailTooItIsTheApiThatIsWatchedFromAnew() {
        suspicion.begin(NOON, 0, 1);
        suspicion.again(NOON.plusSeconds(300), 100, 1, 0.95);
        suspicion.again(NOON.plusSeconds(700), 194, 7, 0.95);

        assertThat(isProven(NOON.plusSeconds(1_299))).isFalse();
    }

    @Test
    void withNobodyToCompareItWithItIsNotJudged() {
        suspicion.begin(NOON, 0, 1);
        for (int attempt = 0; attempt < 10; attempt++) {
            suspicion.again(NOON.plusSeconds(700), 0, 1, 0.95);
        }

        assertThat(isProven(NOON.plusSeconds(700))).isFalse();
    }

    @Test
    void theApiIsBlamedForItOnceInAnEra() {
        assertThat(suspicion.isFirstIn(0)).isTrue();
        assertThat(suspicion.isFirstIn(0)).isFalse();
        assertThat(suspicion.isFirstIn(1)).isTrue();
    }
}
