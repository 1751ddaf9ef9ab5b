package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class RawSinkConnectorTest {
    private static final Map<String, String> VALID = Map.of(
            "api.key", Calls.API_KEY,
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.name", "asterisk.dlq");

    private final RawSinkConnector connector = new RawSinkConnector();

    @Test
    void testDefaults() {
        RawSinkConfig config = new RawSinkConfig(VALID);

        assertThat(config.batch())
                .isEqualTo(new RawBatchConfig(200, 1_048_576, Duration.ofSeconds(30), Duration.ofSeconds(5)));
        assertThat(config.queue()).isEqualTo(new RawQueueConfig(10, 10_000, 67_108_864, Duration.ofSeconds(5)));
        assertThat(config.retry().timeout()).isEqualTo(Duration.ofDays(2));
        assertThat(config.api().rawUrl()).hasToString("https://api-us1.sipstack.com/v1/mqs/connectors/asterisk/cdr");
    }

    @Test
    void testExplicitMappings() {
        RawSinkConfig config = new RawSinkConfig(with(Map.of(
                "batch.size", "50",
                "batch.bytes", "65536",
                "batch.timeout.ms", "1000",
                "batch.force.timeout.ms", "100",
                "max.in.flight", "3",
                "max.queued.records", "500",
                "max.queued.bytes", "1000",
                "close.timeout.ms", "0")));

        assertThat(config.batch())
                .isEqualTo(new RawBatchConfig(50, 65_536, Duration.ofSeconds(1), Duration.ofMillis(100)));
        assertThat(config.queue()).isEqualTo(new RawQueueConfig(3, 500, 1_000, Duration.ZERO));
    }

    @Test
    void directModeIsABatchOfOne() {
        assertThat(new RawSinkConfig(with(Map.of("raw.mode", "Direct"))).batch().size())
                .isEqualTo(1);
    }

    @Test
    void whatCannotWorkIsRefusedWithTheRule() {
        assertThat(errors(with(Map.of("raw.mode", "often", "batch.size", "0", "errors.tolerance", "none"))))
                .containsOnlyKeys("raw.mode", "batch.size", "errors.tolerance")
                .satisfies(errors -> assertThat(errors.get("raw.mode").get(0)).containsIgnoringCase("direct"));
        assertThat(errors(with(Map.of("api.url", "http://127.0.0.1:1/v1")))).isEmpty();
    }

    @Test
    void everyTaskHasTheWholeConfiguration() {
        connector.start(VALID);

        assertThat(connector.taskConfigs(2)).hasSize(2).containsOnly(VALID);
        assertThat(connector.taskClass()).isEqualTo(RawSinkTask.class);
    }

    @Test
    void connectFindsTheConnector() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(RawSinkConnector.class);
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(VALID);
        settings.putAll(more);
        return settings;
    }
}
