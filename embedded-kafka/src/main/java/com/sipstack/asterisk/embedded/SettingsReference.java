package com.sipstack.asterisk.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The reference of a component's settings as Markdown: made of its definition, kept beside the other documents, and never out of date. */
public final class SettingsReference {
    /** The system property that says to write the reference instead of comparing it. */
    public static final String WRITE = "settings.write";

    private SettingsReference() {}

    /**
     * Compares a reference with what its settings are now, or writes it where {@value #WRITE} is true.
     *
     * @param file of the reference, from the module's folder
     * @param title what the settings are of
     * @param introduction a paragraph that stands before them
     * @param module its folder, for the command that writes it anew
     * @throws AssertionError if it is out of date; says what to run
     */
    public static void check(Path file, String title, String introduction, ConfigDef settings, String module)
            throws IOException {
        String command = "./mvnw -pl " + module + " -am test -Dtest=SettingsReferenceTest -D" + WRITE
                + "=true -Dsurefire.failIfNoSpecifiedTests=false";
        String reference = render(title, introduction, settings);
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, reference);
        } else if (!Files.exists(file) || !Files.readString(file).equals(reference)) {
            throw new AssertionError(file.normalize() + " is out of date; write it anew with: " + command);
        }
    }

    static String render(String title, String introduction, ConfigDef settings) {
        StringBuilder text = new StringBuilder("# " + title + "\n\n" + introduction + "\n");
        groups(settings).forEach((group, keys) -> {
            if (!group.isEmpty()) {
                text.append("\n## ").append(group).append('\n');
            }
            keys.forEach(key -> render(text, key));
        });
        return text.toString();
    }

    /** By the order in which the groups were defined; keys without group come first, in the order of their definition. */
    private static Map<String, List<ConfigKey>> groups(ConfigDef settings) {
        List<String> order = settings.groups();
        Map<String, List<ConfigKey>> groups = new TreeMap<>(Comparator.comparingInt(order::indexOf));
        groups.putAll(settings.configKeys().values().stream()
                .filter(key -> !key.internalConfig)
                .collect(Collectors.groupingBy(key -> key.group == null ? "" : key.group)));
        groups.values().forEach(keys -> keys.sort(Comparator.comparingInt(key -> key.orderInGroup)));
        return groups;
    }

    private static void render(StringBuilder text, ConfigKey key) {
        text.append("\n### `").append(key.name).append("`\n\n");
        text.append(key.documentation).append("\n\n");
        text.append("- Type: ").append(lower(key.type)).append('\n');
        text.append("- Default: ").append(defaultOf(key)).append('\n');
        if (key.validator != null) {
            text.append("- Valid values: ").append(key.validator).append('\n');
        }
        text.append("- Importance: ").append(lower(key.importance)).append('\n');
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "none, required";
        }
        String value = key.type == ConfigDef.Type.PASSWORD && key.defaultValue != null
                ? "hidden"
                : ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null ? "none" : value.isEmpty() ? "empty" : "`" + value + "`";
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
