package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class CallSinkConnectorTest {
    private static final Map<String, String> VALID = Map.of(
            "api.key", Calls.API_KEY,
            // Nobody listens there, which is no reason to refuse
            "api.url", "http://127.0.0.1:1/v1",
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.name", "asterisk.dlq");

    private final CallSinkConnector connector = new CallSinkConnector();

    @Test
    void aConfigurationThatCanWorkIsAccepted() {
        assertThat(errors(VALID)).isEmpty();
    }

    @Test
    void withoutADeadLetterTopicRejectedDocumentsWouldVanish() {
        assertThat(errors(Map.of("api.key", Calls.API_KEY)))
                .containsOnlyKeys("errors.tolerance", "errors.deadletterqueue.topic.name")
                .allSatisfy((name, messages) ->
                        assertThat(messages).singleElement().asString().contains("must have a place to go to"));
    }

    @Test
    void withConnectsErrorLogALetterThatCouldNotBeWrittenWouldVanish() {
        assertThat(errors(with("errors.log.enable", "true")))
                .containsOnlyKeys("errors.log.enable")
                .allSatisfy((name, messages) ->
                        assertThat(messages).singleElement().asString().contains("would be lost"));
        assertThat(errors(with("errors.log.enable", "false"))).isEmpty();
    }

    @Test
    void aBackoffBeyondItsLongestIsRefused() {
        assertThat(errors(with("retry.backoff.ms", "61000")))
                .containsEntry(
                        "retry.backoff.max.ms",
                        List.of("retry.backoff.max.ms (60000) is less than retry.backoff.ms (61000)"));
    }

    @Test
    void whatATransactionTookBackMustNotBeRead() {
        assertThat(errors(with("consumer.override.isolation.level", "read_uncommitted")))
                .containsOnlyKeys("consumer.override.isolation.level");
        assertThat(errors(with("consumer.override.isolation.level", "read_committed")))
                .isEmpty();
    }

    @Test
    void certificatesThatAreNotThereAreRefused() {
        assertThat(errors(with("api.tls.ca.file", "/nowhere/ca.pem"))).containsOnlyKeys("api.tls.ca.file");
        assertThat(errors(with("api.tls.client.file", "/nowhere/me.p12"))).containsOnlyKeys("api.tls.client.file");
    }

    @Test
    void aProxysPasswordIsNotForItsAddressAndNotShown() {
        assertThat(errors(with("api.proxy.url", "http://me:secret@proxy.example:3128")))
                .hasEntrySatisfying(
                        "api.proxy.url",
                        messages -> assertThat(messages)
                                .singleElement()
                                .asString()
                                .contains("without user and password")
                                .doesNotContain("secret"));
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThat(errors(with("api.key", null))).containsOnlyKeys("api.key");
    }

    @Test
    void everyTaskHasTheWholeConfiguration() {
        connector.start(VALID);

        assertThat(connector.taskConfigs(3)).hasSize(3).containsOnly(VALID);
    }

    @Test
    void connectFindsTheConnector() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(CallSinkConnector.class);
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> settings = new HashMap<>(VALID);
        settings.put(name, value);
        settings.values().removeIf(set -> set == null);
        return settings;
    }
}
