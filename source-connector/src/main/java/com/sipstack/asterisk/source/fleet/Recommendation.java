package com.sipstack.asterisk.source.fleet;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.Recommender;

/** Values that a person may choose from, others being valid too. */
public record Recommendation(List<Object> values) implements Recommender {
    public static Recommendation of(Object... values) {
        return new Recommendation(List.of(values));
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
        return values;
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
        return true;
    }
}
