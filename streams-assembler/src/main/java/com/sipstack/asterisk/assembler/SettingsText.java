package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what PBXs are told from JSON or properties. In JSON, names may have underscores for dots ({@code customer_id}), lists may be
 * arrays, and maps objects.
 */
final class SettingsText {
    private static final Logger log = LoggerFactory.getLogger(SettingsText.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingsText() {}

    /**
     * The settings of one PBX. Those that are not the interpreter's are left to whom they belong.
     *
     * @throws ConfigException if the text is no JSON object, or has a setting that only a file on this machine may have
     */
    static Map<String, String> ofPbx(String pbx, byte[] json) {
        return ofPbx(pbx, object(json));
    }

    /**
     * The settings of several PBXs, by their names.
     *
     * @param text a JSON object with one object for each PBX, or properties: {@code pbxs.<pbx>.<setting>=<value>}
     * @throws ConfigException if it is neither
     */
    static Map<String, Map<String, String>> ofPbxs(byte[] text) {
        String content = new String(text, StandardCharsets.UTF_8).strip();
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        if (content.startsWith("{")) {
            object(text).properties().forEach(pbx -> settings.put(pbx.getKey(), ofPbx(pbx.getKey(), pbx.getValue())));
        } else {
            properties(content).forEach((name, value) -> {
                PbxKey key = PbxKey.parse(name.toString())
                        .orElseThrow(() -> new ConfigException(
                                "'" + name + "' is no setting of a PBX: " + AssemblerConfig.PBXS + "<pbx>.<setting>"));
                settings.computeIfAbsent(key.pbx(), pbx -> new LinkedHashMap<>())
                        .put(key.setting(), value.toString().strip());
            });
        }
        return settings;
    }

    private static Map<String, String> ofPbx(String pbx, JsonNode json) {
        if (!json.isObject()) {
            throw new ConfigException("the settings of the PBX " + pbx + " are no JSON object");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        json.properties().forEach(field -> {
            String name = field.getKey().replace('_', '.');
            if (!InterpreterConfig.names().contains(name)) {
                others.add(field.getKey());
            } else if (!field.getValue().isNull()) {
                settings.put(name, text(field.getValue()));
            }
        });
        if (!others.isEmpty()) {
            log.info("The assembler has no use for these settings of the PBX {}: {}", pbx, others);
        }
        if (settings.containsKey(InterpreterConfig.DIRECTION_FILE)) {
            throw new ConfigException(InterpreterConfig.DIRECTION_FILE
                    + " names a file of one machine; give its content as " + InterpreterConfig.CONTEXTS);
        }
        return settings;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.asText()));
            return String.join(",", parts);
        }
        return value.isObject() ? value.toString() : value.asText();
    }

    private static JsonNode object(byte[] json) {
        try {
            JsonNode object = JSON.readTree(json);
            if (!object.isObject()) {
                throw new ConfigException("settings are no JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new ConfigException("settings are no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ConfigException("settings cannot be read: " + e.getMessage());
        }
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("settings are no properties: " + e.getMessage());
        }
        return properties;
    }
}
