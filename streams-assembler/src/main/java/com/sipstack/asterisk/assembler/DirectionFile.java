package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.assembler.interpret.NamePatterns;
import com.sipstack.asterisk.assembler.interpret.NumberingPlan.ExtensionLengths;
import com.sipstack.asterisk.assembler.interpret.RouteRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * The JSON that says which contexts lead where: {@code {"extension": {"min_length": 3, "max_length": 5}, "international": ["011"],
 * "contexts": {"internal": [], "external": [], "outbound": []}, "transfer": {"detect": true, "contexts": []}, "queue_ivr":
 * {"queue_contexts": [], "ivr_contexts": []}}}. Every part may be missing; others are not read.
 */
record DirectionFile(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws ConfigException if the file cannot be read or is no JSON object */
    static DirectionFile read(String path) {
        try {
            return objectOf(JSON.readTree(Path.of(path).toFile()), InterpreterConfig.DIRECTION_FILE, path);
        } catch (IOException e) {
            throw new ConfigException(InterpreterConfig.DIRECTION_FILE, path, "cannot be read: " + e.getMessage());
        }
    }

    /** @param contexts the JSON of {@code contexts} alone; may be blank */
    static DirectionFile ofContexts(String contexts) {
        ObjectNode file = JSON.createObjectNode();
        if (contexts.isBlank()) {
            return new DirectionFile(file);
        }
        try {
            file.set(
                    "contexts",
                    objectOf(JSON.readTree(contexts), InterpreterConfig.CONTEXTS, contexts)
                            .json());
            return new DirectionFile(file);
        } catch (IOException e) {
            throw new ConfigException(InterpreterConfig.CONTEXTS, contexts, "is no JSON: " + e.getMessage());
        }
    }

    private static DirectionFile objectOf(JsonNode json, String setting, String value) {
        if (!json.isObject()) {
            throw new ConfigException(setting, value, "is no JSON object");
        }
        return new DirectionFile(json);
    }

    ExtensionLengths extensions(ExtensionLengths otherwise) {
        JsonNode extension = json.path("extension");
        try {
            return new ExtensionLengths(
                    extension.path("min_length").asInt(otherwise.min()),
                    extension.path("max_length").asInt(otherwise.max()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(InterpreterConfig.DIRECTION_FILE + ": " + e.getMessage());
        }
    }

    /** Empty if the file has none. */
    List<String> internationalPrefixes() {
        JsonNode international = json.path("international");
        return texts(international.isArray() ? international : international.path("prefixes"));
    }

    RouteRules routes(NamePatterns trunks) {
        JsonNode contexts = json.path("contexts");
        return new RouteRules(
                trunks,
                new NamePatterns(texts(contexts.path("internal"))),
                new NamePatterns(texts(contexts.path("external"))),
                new NamePatterns(texts(contexts.path("outbound"))),
                new NamePatterns(texts(json.path("transfer").path("contexts"))),
                new NamePatterns(texts(json.path("queue_ivr").path("queue_contexts"))),
                new NamePatterns(texts(json.path("queue_ivr").path("ivr_contexts"))));
    }

    boolean detectsTransfers(boolean otherwise) {
        return json.path("transfer").path("detect").asBoolean(otherwise);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
