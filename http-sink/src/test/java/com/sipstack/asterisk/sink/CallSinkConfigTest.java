package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSinkConfigTest {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final String CALLS = "/mqs/connectors/asterisk/calls";

    @Test
    void testDefaults() {
        CallSinkConfig config = config(Map.of());

        assertThat(config.api().callsUrl()).hasToString("https://api-us1.sipstack.com/v1" + CALLS);
        assertThat(config.api().timeout()).hasSeconds(30);
        assertThat(config.retry())
                .isEqualTo(new RetryConfig(Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofDays(2)));
        assertThat(config.badRecord()).isEqualTo(new BadRecordConfig(10, Duration.ofMinutes(10), 0.95));
        assertThat(config.api().workers()).isEqualTo(1);
        assertThat(config.api().connection().proxy()).isEmpty();
        assertThat(config.api().connection().tls().isEmpty()).isTrue();
        assertThat(config.api().connection().compression()).isEqualTo(Compression.NONE);
        assertThat(config.queue())
                .isEqualTo(new QueueConfig(32, 16 * MEBIBYTE, 1_000, 64 * MEBIBYTE, true, Duration.ofSeconds(3)));
    }

    @Test
    void testExplicitMappings() {
        CallSinkConfig config = config(Map.ofEntries(
                Map.entry("api.url", "http://127.0.0.1:8080/v1/"),
                Map.entry("api.region", "ca1"),
                Map.entry("api.timeout.ms", "1000"),
                Map.entry("rate.limit.workers", "2"),
                Map.entry("api.proxy.url", "http://proxy.example:3128"),
                Map.entry("api.proxy.user", "me"),
                Map.entry("api.proxy.password", "secret"),
                Map.entry("api.tls.ca.file", "ca.pem"),
                Map.entry("api.tls.client.file", "me.p12"),
                Map.entry("api.tls.client.password", "open"),
                Map.entry("api.compression", "gzip"),
                Map.entry("max.in.flight", "4"),
                Map.entry("max.in.flight.bytes", "2000"),
                Map.entry("max.queued.documents", "10"),
                Map.entry("max.queued.bytes", "3000"),
                Map.entry("supersede.waiting", "false"),
                Map.entry("close.timeout.ms", "250"),
                Map.entry("retry.backoff.ms", "10"),
                Map.entry("retry.backoff.max.ms", "20"),
                Map.entry("retry.timeout.ms", "30"),
                Map.entry("bad.record.attempts", "3"),
                Map.entry("bad.record.duration.ms", "400"),
                Map.entry("bad.record.pass.share", "0.9")));

        assertThat(config.api().callsUrl()).hasToString("http://127.0.0.1:8080/v1" + CALLS);
        assertThat(config.api().key().value()).isEqualTo(Calls.API_KEY);
        assertThat(config.api().timeout()).hasSeconds(1);
        assertThat(config.retry())
                .isEqualTo(new RetryConfig(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30)));
        assertThat(config.badRecord()).isEqualTo(new BadRecordConfig(3, Duration.ofMillis(400), 0.9));
        assertThat(config.api().workers()).isEqualTo(2);
        assertThat(config.api().connection())
                .isEqualTo(new ConnectionConfig(
                        Optional.of(new HttpProxy(
                                InetSocketAddress.createUnresolved("proxy.example", 3128),
                                "me",
                                new Password("secret"))),
                        new TlsFiles(
                                Optional.of(Path.of("ca.pem")), Optional.of(Path.of("me.p12")), new Password("open")),
                        Compression.GZIP));
        assertThat(config.queue()).isEqualTo(new QueueConfig(4, 2_000, 10, 3_000, false, Duration.ofMillis(250)));
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
        "max.in.flight.bytes, 0",
        "max.queued.bytes, 0",
        "rate.limit.workers, 0",
        "api.compression, zip",
        "bad.record.attempts, 0",
        "bad.record.pass.share, 1.1",
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
