package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.interpret.NamePatterns;
import com.sipstack.asterisk.assembler.interpret.TenantRules;
import com.sipstack.asterisk.assembler.interpret.TenantRules.ExtensionRange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Reads which numbers, account codes and extensions belong to which tenant. */
final class TenantSettings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> PAIRS = new TypeReference<>() {};

    private TenantSettings() {}

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

    static TenantRules parse(
            Map<String, String> dids,
            Map<String, String> accountcodes,
            Map<String, String> ranges,
            NamePatterns trunks) {
        return new TenantRules(
                dids,
                accountcodes,
                ranges.entrySet().stream()
                        .map(range -> range(range.getKey(), range.getValue()))
                        .toList(),
                trunks);
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
