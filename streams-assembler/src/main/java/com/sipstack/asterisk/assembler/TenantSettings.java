package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.interpret.NamePatterns;
import com.sipstack.asterisk.assembler.interpret.TenantRules;
import com.sipstack.asterisk.assembler.interpret.TenantRules.ExtensionRange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which numbers, account codes and extensions belong to which tenant.
 *
 * @param extensions by range, such as {@code 100-199}
 */
record TenantSettings(Map<String, String> dids, Map<String, String> accountcodes, Map<String, String> extensions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> PAIRS = new TypeReference<>() {};

    /** @throws ConfigException if the text is neither {@code key=tenant,...} nor a JSON object of texts */
    static Map<String, String> pairs(String setting, String text) {
        if (text.strip().startsWith("{")) {
            try {
                return JSON.readValue(text, PAIRS);
            } catch (JsonProcessingException e) {
                throw new ConfigException(setting, text, "is no JSON object of texts: " + e.getOriginalMessage());
            }
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isBlank() && equals < 1) {
                throw new ConfigException(setting, text, "has '" + pair.strip() + "' where key=tenant must stand");
            } else if (!pair.isBlank()) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    /**
     * @param text a JSON object with {@code dids}, {@code accountcodes} and {@code extensions}; other members are numbers themselves.
     *     Empty for nothing.
     * @throws ConfigException if it is no such object
     */
    static TenantSettings ofJson(String setting, String text) {
        try {
            JsonNode json = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            Map<String, String> dids = texts(json.path("dids"));
            json.properties().stream()
                    .filter(member -> member.getValue().isTextual())
                    .forEach(member ->
                            dids.put(member.getKey(), member.getValue().textValue()));
            return new TenantSettings(dids, texts(json.path("accountcodes")), texts(json.path("extensions")));
        } catch (JsonProcessingException e) {
            throw new ConfigException(setting, text, "is no JSON object: " + e.getOriginalMessage());
        }
    }

    /** Both, and the other one's word where they differ. */
    TenantSettings overriddenBy(TenantSettings other) {
        return new TenantSettings(
                merged(dids, other.dids),
                merged(accountcodes, other.accountcodes),
                merged(extensions, other.extensions));
    }

    TenantRules rules(NamePatterns trunks) {
        return new TenantRules(
                dids,
                accountcodes,
                extensions.entrySet().stream()
                        .map(range -> range(range.getKey(), range.getValue()))
                        .toList(),
                trunks);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }

    private static Map<String, String> merged(Map<String, String> weak, Map<String, String> strong) {
        Map<String, String> merged = new LinkedHashMap<>(weak);
        merged.putAll(strong);
        return merged;
    }

    private static ExtensionRange range(String text, String tenant) {
        String[] ends = text.split("-", 2);
        try {
            return new ExtensionRange(ends[0].strip(), ends[ends.length - 1].strip(), tenant);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(InterpreterConfig.TENANT_EXTENSIONS, text, e.getMessage());
        }
    }
}
