package com.sipstack.asterisk.sink;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** How raw records go out. */
enum RawMode {
    /** Many in one request. */
    BATCH,
    /** Each at once, in a request of its own. */
    DIRECT;

    static RawMode of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static ConfigDef.Validator validator() {
        return ConfigDef.CaseInsensitiveValidString.in(labels().toArray(String[]::new));
    }

    static ConfigDef.Recommender recommender() {
        return new ConfigDef.Recommender() {
            @Override
            public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
                return List.copyOf(labels());
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

    private static List<String> labels() {
        return Stream.of(values()).map(RawMode::label).toList();
    }
}
