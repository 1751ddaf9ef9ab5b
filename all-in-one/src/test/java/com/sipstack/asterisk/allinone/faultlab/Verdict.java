package com.sipstack.asterisk.allinone.faultlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with what the API has got, in words; nothing if every call is there as it should be. */
final class Verdict {
    private static final int LONGEST = 2_000;

    private Verdict() {}

    /** Calls whose last document is not what their rows mean. */
    static List<String> notFinal(List<ReceivedDocument> documents, Map<String, JsonNode> truth) {
        Map<String, ReceivedDocument> last = new LinkedHashMap<>();
        documents.forEach(document -> last.put(document.linkedid(), document));
        List<String> wrong = new ArrayList<>();
        truth.forEach((linkedid, expected) -> {
            ReceivedDocument found = last.remove(linkedid);
            if (found == null) {
                wrong.add(linkedid + " never arrived");
            } else if (!Truth.withoutShipping(found.document()).equals(expected)) {
                wrong.add(linkedid + " is not as it should be:\n" + difference(found.document(), expected));
            }
        });
        last.keySet().forEach(linkedid -> wrong.add(linkedid + " arrived, and no row tells of it"));
        return wrong;
    }

    private static String difference(JsonNode found, JsonNode expected) {
        StringBuilder fields = new StringBuilder();
        Map<String, JsonNode> all = new TreeMap<>();
        expected.properties().forEach(field -> all.put(field.getKey(), field.getValue()));
        Truth.withoutShipping(found).properties().forEach(field -> all.putIfAbsent(field.getKey(), null));
        all.keySet().stream()
                .filter(field -> !found.path(field).equals(expected.path(field)))
                .forEach(field ->
                        fields.append(field + ": " + found.path(field) + " instead of " + expected.path(field) + '\n'));
        return fields.substring(0, Math.min(fields.length(), LONGEST));
    }

    /** Revisions that came first after a later one, or twice under different keys, or stand last though there are later ones. */
    static List<String> outOfOrder(List<ReceivedDocument> documents) {
        List<String> wrong = new ArrayList<>();
        Map<String, TreeMap<Long, String>> keys = new LinkedHashMap<>();
        Map<String, Long> last = new LinkedHashMap<>();
        for (ReceivedDocument document : documents) {
            long revision = document.revision().orElseThrow();
            String key = document.idempotencyKey().orElseThrow();
            TreeMap<Long, String> known = keys.computeIfAbsent(document.linkedid(), linkedid -> new TreeMap<>());
            if (known.containsKey(revision) && !known.get(revision).equals(key)) {
                wrong.add(key + " came though " + known.get(revision) + " had come");
            } else if (!known.containsKey(revision) && !known.isEmpty() && known.lastKey() > revision) {
                wrong.add(key + " came after " + known.get(known.lastKey()));
            }
            known.putIfAbsent(revision, key);
            last.put(document.linkedid(), revision);
        }
        last.forEach((linkedid, revision) -> {
            if (revision < keys.get(linkedid).lastKey()) {
                wrong.add(linkedid + " was left at revision " + revision);
            }
        });
        return wrong;
    }
}
