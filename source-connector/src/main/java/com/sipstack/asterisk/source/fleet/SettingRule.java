package com.sipstack.asterisk.source.fleet;

import com.sipstack.asterisk.model.Topics;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
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
    /** The time zone that is to be found out. */
    public static final String AUTO = "auto";

    /** @param parser throws what parsers throw when it cannot read a text */
    public static SettingRule text(String words, Consumer<String> parser) {
        return new SettingRule(words, value -> canRead(parser, (String) value));
    }

    /** @param parser throws what parsers throw when it cannot read the items */
    public static SettingRule list(String words, Consumer<List<String>> parser) {
        return new SettingRule(
                words,
                value -> canRead(
                        ignored -> parser.accept(((List<?>) value)
                                .stream().map(String.class::cast).toList()),
                        ""));
    }

    /** A time zone, or that it is to be found out. */
    public static SettingRule zoneOrAuto() {
        return text("auto or a time zone such as America/Toronto", text -> {
            if (!text.equals(AUTO)) {
                ZoneId.of(text);
            }
        });
    }

    public static SettingRule zone() {
        return text("a time zone such as America/Toronto", ZoneId::of);
    }

    public static SettingRule topicPrefix() {
        return text("1 to 100 letters, digits, dots, underscores or hyphens", Topics::new);
    }

    public static SettingRule instantOrEmpty() {
        return text("empty or an instant such as 2026-01-31T05:00:00Z", text -> {
            if (!text.isEmpty()) {
                Instant.parse(text);
            }
        });
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
