package com.sipstack.asterisk.source.fleet;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** Collects what is wrong with a fleet's settings: each by itself, then those that belong to no PBX, then what a connector finds. */
public final class FleetValidation {
    private final Map<String, String> settings;
    private final Map<String, ConfigValue> values;

    public FleetValidation(Fleet fleet, Map<String, String> settings) {
        this(fleet.definition(settings), settings);
    }

    /** @param definition the fleet's, with settings that belong to no PBX */
    public FleetValidation(ConfigDef definition, Map<String, String> settings) {
        this.settings = settings;
        this.values = definition.validateAll(settings);
        refuseUnknownKeys();
    }

    /** All settings with what was found so far. */
    public Collection<ConfigValue> values() {
        return values.values();
    }

    public boolean isFine() {
        return values.values().stream().allMatch(value -> value.errorMessages().isEmpty());
    }

    /** The value that counts for a PBX; null if there is none. */
    public Object value(String pbx, Setting setting) {
        return values.get(Fleet.keyInUse(settings, pbx, setting)).value();
    }

    /** @param reason completes the setting's name and the PBX's */
    public void refuse(String pbx, Setting setting, String reason) {
        String key = Fleet.keyInUse(settings, pbx, setting);
        refuse(key, "of PBX " + pbx + ": " + reason);
    }

    /** A PBX's name or setting that is misspelt would go unnoticed otherwise. */
    private void refuseUnknownKeys() {
        settings.keySet().stream()
                .filter(key -> key.startsWith(Setting.PBX_PREFIX) && !values.containsKey(key))
                .forEach(key -> {
                    values.put(key, new ConfigValue(key));
                    refuse(key, "is no setting of a PBX named in " + Fleet.PBXS);
                });
    }

    /** @param reason completes the setting's name */
    public void refuse(String key, String reason) {
        values.get(key).addErrorMessage(key + " " + reason);
    }
}
