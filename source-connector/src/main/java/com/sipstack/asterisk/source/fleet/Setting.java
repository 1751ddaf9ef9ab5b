package com.sipstack.asterisk.source.fleet;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * A setting that all PBXs share under its own key, and that any PBX may have for itself under {@code pbxs.<name>.<key>}.
 *
 * @param defaultValue of the shared key; null if there is none
 * @param validator lets null pass, which is how a PBX says that it takes the shared value
 * @param recommender null if nothing in particular is recommended
 */
public record Setting(
        String key,
        ConfigDef.Type type,
        Object defaultValue,
        Importance importance,
        String group,
        Validator validator,
        Recommender recommender,
        String doc) {
    static final String PBX_PREFIX = "pbxs.";

    public String keyOf(String pbx) {
        return PBX_PREFIX + pbx + "." + key;
    }

    void defineShared(ConfigDef definition, int order) {
        define(definition, key, defaultValue, doc, group, order);
    }

    void defineFor(String pbx, ConfigDef definition, int order) {
        define(
                definition,
                keyOf(pbx),
                null,
                "For PBX " + pbx + ", instead of " + key + ". " + doc,
                "PBX " + pbx,
                order);
    }

    private void define(ConfigDef definition, String name, Object value, String text, String section, int order) {
        definition.define(
                name,
                type,
                value,
                validator,
                importance,
                text,
                section,
                order,
                Width.MEDIUM,
                name,
                List.of(),
                recommender);
    }
}
