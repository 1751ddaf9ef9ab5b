package com.sipstack.asterisk.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules across settings, Connect's own included. */
final class CallSinkRules {
    private static final Logger LOG = LoggerFactory.getLogger(CallSinkRules.class);

    static final String TOLERANCE = "errors.tolerance";
    static final String ISOLATION = "consumer.override.isolation.level";
    static final String DLQ_TOPIC = "errors.deadletterqueue.topic.name";
    static final String LOG_ERRORS = "errors.log.enable";

    private final Map<String, String> settings;
    private final List<ConfigValue> values;

    private CallSinkRules(Map<String, String> settings, List<ConfigValue> values) {
        this.settings = settings;
        this.values = new ArrayList<>(values);
    }

    /**
     * Adds what the rules find to the values' errors.
     *
     * @param settings all that was configured
     * @param values our settings, each of them checked alone
     */
    static List<ConfigValue> check(Map<String, String> settings, List<ConfigValue> values) {
        CallSinkRules rules = new CallSinkRules(settings, values);
        rules.checkDeadLetters();
        rules.checkErrorLog();
        rules.checkBackoff();
        rules.checkIsolation();
        rules.checkApi();
        return rules.values;
    }

    private void checkDeadLetters() {
        String why = ": a document that the API rejects must have a place to go to";
        if (!"all".equalsIgnoreCase(settings.get(TOLERANCE))) {
            value(TOLERANCE).addErrorMessage(TOLERANCE + " must be 'all'" + why);
        }
        if (settings.getOrDefault(DLQ_TOPIC, "").isBlank()) {
            value(DLQ_TOPIC).addErrorMessage(DLQ_TOPIC + " must name a topic" + why);
        }
    }

    /** Of several reporters, Connect forgets one that has failed by the time it is asked: RetryWithToleranceOperator.report. */
    private void checkErrorLog() {
        if ("true".equalsIgnoreCase(settings.get(LOG_ERRORS))) {
            value(LOG_ERRORS)
                    .addErrorMessage(
                            LOG_ERRORS + " must be false: beside it, Connect takes a dead letter that could not be"
                                    + " written for written, and the document would be lost. The sink logs by itself that there are"
                                    + " letters");
        }
    }

    private void checkBackoff() {
        ConfigValue longest = value(RetryConfig.BACKOFF_MAX);
        if (value(RetryConfig.BACKOFF).value() instanceof Long first
                && longest.value() instanceof Long most
                && first > most) {
            longest.addErrorMessage(RetryConfig.BACKOFF_MAX + " (" + most + ") is less than " + RetryConfig.BACKOFF
                    + " (" + first + ")");
        }
    }

    /** What the worker sets for all of its consumers cannot be seen from here. */
    private void checkIsolation() {
        String level = settings.get(ISOLATION);
        if (level == null) {
            LOG.warn(
                    "{} is not set: unless the worker has consumer.isolation.level=read_committed, documents are shipped that"
                            + " an aborted transaction took back",
                    ISOLATION);
        } else if (!level.equals("read_committed")) {
            value(ISOLATION)
                    .addErrorMessage(ISOLATION + " must be read_committed: else documents are shipped that an aborted"
                            + " transaction took back");
        }
    }

    /** Asks the API whether it takes the key, if the rest is well. */
    private void checkApi() {
        if (values.stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
            return;
        }
        try {
            ApiConfig api = new CallSinkConfig(settings).api();
            ApiCheck.refusal(api).ifPresent(value(ApiConfig.KEY)::addErrorMessage);
        } catch (ConfigException e) {
            String setting =
                    e.getMessage().startsWith(ConnectionConfig.CLIENT) ? ConnectionConfig.CLIENT : ConnectionConfig.CA;
            value(setting).addErrorMessage(e.getMessage());
        }
    }

    private ConfigValue value(String name) {
        return values.stream()
                .filter(value -> Objects.equals(value.name(), name))
                .findFirst()
                .orElseGet(() -> foreign(name));
    }

    /** A setting of Connect's, to hang our error on. */
    private ConfigValue foreign(String name) {
        ConfigValue value = new ConfigValue(name, settings.get(name), new ArrayList<>(), new ArrayList<>());
        values.add(value);
        return value;
    }
}
