package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one document of a call says that the one before did not. */
final class DocumentDiff {
    private static final int MOST = 200;
    /** Of lists that only grow, their length tells enough. */
    private static final Set<String> JOURNALS = Set.of("call_threads", "events", "raw_cdrs", "raw_cels");

    private final List<Change> changes = new ArrayList<>();

    private DocumentDiff() {}

    /**
     * A field that differs.
     *
     * @param path its name, with those of its owners before it
     * @param before null if it was not there
     * @param after null if it is gone
     */
    record Change(String path, JsonNode before, JsonNode after) {}

    /** At most some hundreds, in the order of the later document's fields. */
    static List<Change> between(JsonNode before, JsonNode after) {
        DocumentDiff diff = new DocumentDiff();
        diff.compare("", before, after);
        return diff.changes;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (changes.size() >= MOST || before.equals(after)) {
            return;
        }
        if (JOURNALS.contains(path)) {
            add(path, ConsoleJson.tree(before.size()), ConsoleJson.tree(after.size()));
        } else if (before.isObject() && after.isObject()) {
            compareFields(path, before, after);
        } else if (before.isArray() && after.isArray()) {
            compareEntries(path, before, after);
        } else {
            add(path, before.isMissingNode() ? null : before, after.isMissingNode() ? null : after);
        }
    }

    private void compareFields(String path, JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        after.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name)));
    }

    private void compareEntries(String path, JsonNode before, JsonNode after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compare(path + "[" + i + "]", before.path(i), after.path(i));
        }
    }

    private void add(String path, JsonNode before, JsonNode after) {
        changes.add(new Change(path, before, after));
    }
}
