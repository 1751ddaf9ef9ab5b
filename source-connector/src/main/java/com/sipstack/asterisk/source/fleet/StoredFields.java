package com.sipstack.asterisk.source.fleet;

import java.util.Map;

/** The fields of a partition or offset that Connect stored, or that a person wrote. */
public record StoredFields(String what, Map<String, ?> fields) {
    public long number(String name) {
        if (fields.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw fault(name, "a number");
    }

    public String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw fault(name, "a text");
    }

    /** For fields that came with a later format. */
    public String textOr(String name, String fallback) {
        return fields.get(name) == null ? fallback : text(name);
    }

    public void requireVersion(String name, long known) {
        if (number(name) != known) {
            throw fault(name, "the version that this release knows, " + known);
        }
    }

    private IllegalArgumentException fault(String name, String rule) {
        return new IllegalArgumentException(what + ": " + name + " is " + fields.get(name) + " and must be " + rule);
    }
}
