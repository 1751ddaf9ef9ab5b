package com.sipstack.asterisk.source.fleet;

import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a setting's value must be. Null always passes: the setting is then not given.
 *
 * @param words completes "must be"
 */
public record SettingRule(String words, Predicate<Object> holds) implements Validator {
    /** @param parser throws what parsers throw when it cannot read a text */
    public static SettingRule text(String words, Consumer<String> parser) {
        return new SettingRule(words, value -> canRead(parser, (String) value));
    }

    public static SettingRule number(long least, long most) {
        return new SettingRule("a whole number from " + least + " to " + most, value -> {
            long number = ((Number) value).longValue();
            return number >= least && number <= most;
        });
    }

    public static SettingRule eachOnce(String words, int least, Predicate<String> item) {
        return new SettingRule(words, value -> {
            List<?> items = (List<?>) value;
            return items.size() >= least
                    && new HashSet<>(items).size() == items.size()
                    && items.stream().allMatch(one -> item.test((String) one));
        });
    }

    @Override
    public void ensureValid(String name, Object value) {
        if (value != null && !holds.test(value)) {
            throw new ConfigException(name, value, "must be " + words);
        }
    }

    @Override
    public String toString() {
        return words;
    }

    private static boolean canRead(Consumer<String> parser, String text) {
        try {
            parser.accept(text);
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }
}
