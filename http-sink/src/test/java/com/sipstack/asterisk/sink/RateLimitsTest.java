package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    @ParameterizedTest
    @CsvSource({"0, 10", "1, 60", "2, 300", "3, 1200", "4, 3600"})
    void everyTierHasItsLimit(int tier, int perMinute) {
        assertThat(RateLimits.perMinute("sk_t" + tier + "_c42_01234567890123456789"))
                .contains(perMinute);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_0123456789abcdefABCDEF0123456789", "sk_t0123456789abcdefghijk"})
    void aKeyWithoutATierIsLimitedByTheServerAlone(String key) {
        assertThat(RateLimits.of(new Password(key), 1)).isEmpty();
    }

    @Test
    void theTasksOfAWorkerShareABucket() {
        Password key = new Password("sk_t1_c42_abcdefghijabcdefghij");
        Bucket one = RateLimits.of(key, 1).orElseThrow();

        assertThat(one.tryConsume(1)).isTrue();
        assertThat(RateLimits.of(key, 1).orElseThrow().tryConsume(1)).isFalse();
    }

    @Test
    void workersDivideTheLimit() {
        Bandwidth share = RateLimits.configuration(10, 3).getBandwidths()[0];

        assertThat(share.getRefillTokens()).isEqualTo(10);
        assertThat(share.getRefillPeriodNanos()).isEqualTo(Duration.ofMinutes(3).toNanos());
        assertThat(share.getCapacity()).isEqualTo(1);
    }
}
