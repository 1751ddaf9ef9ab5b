package com.sipstack.asterisk.source.fleet;

import com.sipstack.asterisk.model.Pbx;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.connect.util.ConnectorUtils;

/**
 * The configuration of many PBXs in one connector: the PBXs by name, settings that they share, and {@code pbxs.<name>.<setting>}
 * where one differs. Which keys there are depends on the PBXs, so that a PBX's own password is a password to Connect too and
 * shows nowhere. Immutable.
 *
 * @param settings in the order in which a person meets them
 * @param example one PBX's own key, for the documentation
 */
public record Fleet(List<Setting> settings, String example) {
    /** The PBXs to read, by name. */
    public static final String PBXS = "pbxs";

    /** Those of one task. Under a key of their own: what the connector was given by reference, Connect gives each task anew. */
    static final String OF_TASK = "task.pbxs";

    private static final SettingRule PBX_NAMES =
            SettingRule.eachOnce("names of PBXs, at least one and each once: " + Pbx.NAME_RULE, 1, Pbx::isName);

    public Fleet {
        settings = List.copyOf(settings);
    }

    /** The keys that do not depend on the PBXs' names. */
    public ConfigDef definition() {
        ConfigDef definition = new ConfigDef()
                .define(
                        PBXS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        PBX_NAMES,
                        Importance.HIGH,
                        "The PBXs to read, by name. The name is the key of all that a PBX says. Every other setting is shared by"
                                + " all of them, unless one has its own under pbxs.<name>.<setting>, such as"
                                + " " + example + ".",
                        "PBXs",
                        0,
                        Width.LONG,
                        PBXS);
        for (int i = 0; i < settings.size(); i++) {
            settings.get(i).defineShared(definition, i);
        }
        return definition;
    }

    /** All keys, those of the given configuration's PBXs included. */
    public ConfigDef definition(Map<String, String> config) {
        ConfigDef definition = definition();
        names(config).forEach(pbx -> defineFor(pbx, definition));
        return definition;
    }

    /** The key that says a PBX's value: its own if it has one, else the shared one. */
    public static String keyInUse(Map<String, String> config, String pbx, Setting setting) {
        String own = setting.keyOf(pbx);
        return config.get(own) != null ? own : setting.key();
    }

    /**
     * Shares the PBXs out among tasks; each gets the keys of its own PBXs alone.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule
     */
    public List<Map<String, String>> taskConfigs(Map<String, String> config, int maxTasks) {
        List<String> pbxs = new AbstractConfig(definition(config), config, false).getList(PBXS);
        return ConnectorUtils.groupPartitions(pbxs, Math.min(maxTasks, pbxs.size())).stream()
                .map(group -> taskConfig(config, group))
                .toList();
    }

    private Map<String, String> taskConfig(Map<String, String> config, List<String> pbxs) {
        Map<String, String> task = new HashMap<>(config);
        task.keySet().removeIf(key -> key.startsWith(Setting.PBX_PREFIX));
        task.put(PBXS, String.join(",", pbxs));
        task.put(OF_TASK, task.get(PBXS));
        for (String pbx : pbxs) {
            settings.stream()
                    .map(setting -> setting.keyOf(pbx))
                    .filter(config::containsKey)
                    .forEach(key -> task.put(key, config.get(key)));
        }
        return task;
    }

    private void defineFor(String pbx, ConfigDef definition) {
        for (int i = 0; i < settings.size(); i++) {
            settings.get(i).defineFor(pbx, definition, i);
        }
    }

    private static Stream<String> names(Map<String, String> config) {
        return Arrays.stream(config.getOrDefault(PBXS, "").split(",", -1))
                .map(String::strip)
                .filter(Pbx::isName)
                .distinct();
    }
}
