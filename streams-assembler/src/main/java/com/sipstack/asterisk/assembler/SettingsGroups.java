package com.sipstack.asterisk.assembler;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Puts settings that belong together under one heading. */
final class SettingsGroups {
    private SettingsGroups() {}

    /** Adds settings as a group, in the order of their definition. */
    static ConfigDef add(ConfigDef all, String group, ConfigDef some) {
        int order = 0;
        for (ConfigKey key : some.configKeys().values()) {
            all.define(new ConfigKey(
                    key.name,
                    key.type,
                    key.defaultValue,
                    key.validator,
                    key.importance,
                    key.documentation,
                    group,
                    ++order,
                    Width.MEDIUM,
                    key.name,
                    key.dependents,
                    key.recommender,
                    key.internalConfig));
        }
        return all;
    }
}
