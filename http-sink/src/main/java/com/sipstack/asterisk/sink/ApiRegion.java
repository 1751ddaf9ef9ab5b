package com.sipstack.asterisk.sink;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** Where SIPSTACK runs its API. */
enum ApiRegion {
    CA1,
    US1,
    US2,
    DEV;

    static final ApiRegion DEFAULT = US1;

    static ApiRegion of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static ConfigDef.Validator validator() {
        return ConfigDef.ValidString.in(names().toArray(String[]::new));
    }

    static ConfigDef.Recommender recommender() {
        return new ConfigDef.Recommender() {
            @Override
            public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
                return List.copyOf(names());
            }

            @Override
            public boolean visible(String name, Map<String, Object> parsedConfig) {
                return true;
            }
        };
    }

    /** As it is written in configurations. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The API's base. */
    String url() {
        return "https://api-" + label() + ".sipstack.com/v1";
    }

    private static List<String> names() {
        return Stream.of(values()).map(ApiRegion::label).toList();
    }
}
