package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Delivery ACCEPTED = new Delivery.Accepted(202);
    private static final Delivery REFUSED = new Delivery.Retry(Trouble.KEY_REFUSED, Failure.answered(401, ""), MINUTE);
    private static final Delivery FAILED = new Delivery.Retry(Trouble.FAILING, Failure.answered(503, ""), MINUTE);

    private final KeyWatch key = new KeyWatch(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)));

    @Test
    void aKeyIsGoodUntilItIsRefused() {
        key.answered(FAILED, NOON);

        assertThat(key.isRefused()).isFalse();
        assertThat(key.permits(NOON)).isTrue();
    }

    @Test
    void afterARefusalOneRequestAtATimeTriesAgainInDueTime() {
        key.sent();
        key.answered(REFUSED, NOON);

        assertThat(key.isRefused()).isTrue();
        assertThat(key.permits(NOON.plusSeconds(59))).isFalse();
        assertThat(key.permits(NOON.plus(MINUTE))).isTrue();
        key.sent();
        assertThat(key.permits(NOON.plus(MINUTE))).isFalse();
    }

    @Test
    void whatWasUnderWayWithTheFirstRefusalIsNoFurtherOne() {
        key.answered(REFUSED, NOON);
        key.answered(REFUSED, NOON.plusSeconds(30));

        assertThat(key.permits(NOON.plus(MINUTE))).isTrue();
    }

    @Test
    void aTrialThatComesToNothingMayBeFollowedByAnother() {
        key.answered(REFUSED, NOON);
        key.sent();
        key.abandoned();
        assertThat(key.permits(NOON.plus(MINUTE))).isTrue();

        key.sent();
        key.answered(FAILED, NOON.plus(MINUTE));
        assertThat(key.isRefused()).isTrue();
        assertThat(key.permits(NOON.plus(MINUTE))).isTrue();
    }

    @Test
    void anyOtherAnswerSaysThatTheKeyIsGoodAgain() {
        key.answered(REFUSED, NOON);
        key.sent();
        key.answered(ACCEPTED, NOON.plus(MINUTE));
        assertThat(key.isRefused()).isFalse();

        key.answered(REFUSED, NOON);
        key.answered(new Delivery.Rejected(Failure.answered(422, "")), NOON);
        assertThat(key.isRefused()).isFalse();
    }
}
