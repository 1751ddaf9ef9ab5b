package com.sipstack.asterisk.sink;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a setting's value must be.
 *
 * @param words completes "must be"
 * @param check throws what is wrong with a value
 */
record SinkSettingRule(String words, Consumer<Object> check) implements ConfigDef.Validator {
    static SinkSettingRule list(String words, Consumer<List<String>> check) {
        return new SinkSettingRule(
                words,
                value -> check.accept(
                        ((List<?>) value).stream().map(String.class::cast).toList()));
    }

    static SinkSettingRule text(String words, Consumer<String> check) {
        return new SinkSettingRule(words, value -> check.accept((String) value));
    }

    @Override
    public void ensureValid(String name, Object value) {
        try {
            check.accept(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "must be " + words + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
