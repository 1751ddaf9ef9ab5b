package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSinkConfigTest {
    private static final String CALLS = "/mqs/connectors/asterisk/calls";

    @Test
    void testDefaults() {
        CallSinkConfig config = config(Map.of());

        assertThat(config.api().callsUrl()).hasToString("https://api-us1.sipstack.com/v1" + CALLS);
        assertThat(config.api().timeout()).hasSeconds(30);
        assertThat(config.retry())
                .isEqualTo(new RetryConfig(Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofDays(2)));
        assertThat(config.queue()).isEqualTo(new QueueConfig(32, 1_000, true, Duration.ofSeconds(5)));
    }

    @Test
    void testExplicitMappings() {
        CallSinkConfig config = config(Map.of(
                "api.url", "http://127.0.0.1:8080/v1/",
                "api.region", "ca1",
                "api.timeout.ms", "1000",
                "max.in.flight", "4",
                "max.queued.documents", "10",
                "supersede.waiting", "false",
                "close.timeout.ms", "250",
                "retry.backoff.ms", "10",
                "retry.backoff.max.ms", "20",
                "retry.timeout.ms", "30"));

        assertThat(config.api().callsUrl()).hasToString("http://127.0.0.1:8080/v1" + CALLS);
        assertThat(config.api().key().value()).isEqualTo(Calls.API_KEY);
        assertThat(config.api().timeout()).hasSeconds(1);
        assertThat(config.retry())
                .isEqualTo(new RetryConfig(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30)));
        assertThat(config.queue()).isEqualTo(new QueueConfig(4, 10, false, Duration.ofMillis(250)));
    }

    @ParameterizedTest
    @CsvSource({"ca1", "us1", "us2", "dev"})
    void everyRegionHasItsAddress(String region) {
        assertThat(config(Map.of("api.region", region)).api().callsUrl())
                .hasToString("https://api-" + region + ".sipstack.com/v1" + CALLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_0123456789abcdefABCDEF0123456789",
                "sk_01234567890123456789",
                "sk_t2_0123456789abcdef0123456789abcdef_"
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sk_t4_c42_01234567890123456789"
            })
    void everyFormatOfKeysIsTaken(String key) {
        assertThat(config(Map.of("api.key", key)).api().key().value()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pk_01234567890123456789", "sk_short", "sk_t5_c42_01234567890123456789", "sk_t1_c42_short"})
    void aKeyOfNoKnownFormatIsRefusedWithoutBeingShown(String key) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config(Map.of("api.key", key)))
                .withMessageContaining("api.key must be a SIPSTACK API key")
                .satisfies(refusal -> assertThat(
                                key.isEmpty() || !refusal.getMessage().contains(key))
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "api.url, ftp://example/v1",
        "api.url, example/v1",
        "api.url, https://example",
        "api.url, https://example/v2",
        "api.url, https://example/v1?x=y",
        "api.region, mars",
        "api.timeout.ms, 0",
        "max.in.flight, 0",
        "max.queued.documents, 0",
        "supersede.waiting, maybe",
        "retry.backoff.ms, 0",
        "retry.timeout.ms, -1"
    })
    void whatCannotWorkIsRefused(String name, String value) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config(Map.of(name, value)))
                .withMessageContaining(name)
                .withMessageContaining(value);
    }

    @Test
    void everySettingIsDocumentedAndGrouped() {
        assertThat(CallSinkConfig.definition().configKeys().values()).allSatisfy(key -> {
            assertThat(key.documentation).isNotBlank();
            assertThat(key.group).isNotBlank();
        });
    }

    private static CallSinkConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("api.key", Calls.API_KEY);
        return new CallSinkConfig(all);
    }
}
