package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the contract asks of one JSON object: which fields must be there, and what those it knows may hold. */
final class ObjectRules {
    private final Map<String, ValueRule> fields;
    private final Set<String> required;

    private ObjectRules(Builder builder) {
        fields = Map.copyOf(builder.fields);
        required = new LinkedHashSet<>(builder.required);
    }

    static Builder builder() {
        return new Builder();
    }

    /**
     * Fields that the contract does not know pass, with whatever they hold.
     *
     * @param where the object's own name, empty for the whole body
     */
    void check(String where, JsonNode object) {
        if (!object.isObject()) {
            throw ContractViolation.ofValue(where.isEmpty() ? "body" : where, object, "is not an object");
        }
        for (String name : required) {
            if (!object.has(name)) {
                throw ContractViolation.ofField(inside(where, name), "is required");
            }
        }
        object.properties().forEach(field -> checkField(inside(where, field.getKey()), field));
    }

    private void checkField(String name, Map.Entry<String, JsonNode> field) {
        ValueRule rule = fields.get(field.getKey());
        if (rule == null) {
            return;
        }
        if (field.getValue().isNull()) {
            throw ContractViolation.ofField(name, "is null, a field without a value must be absent");
        }
        rule.check(name, field.getValue());
    }

    private static String inside(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    static final class Builder {
        private final Map<String, ValueRule> fields = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();

        Builder required(String name, ValueRule rule) {
            required.add(name);
            fields.put(name, rule);
            return this;
        }

        Builder optional(ValueRule rule, String... names) {
            for (String name : names) {
                fields.put(name, rule);
            }
            return this;
        }

        ObjectRules build() {
            return new ObjectRules(this);
        }
    }
}
