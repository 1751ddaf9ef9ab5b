package com.sipstack.asterisk.demopbx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One or several calls of the corpus that belong together (a transfer between two of them, a conference), with all their rows.
 *
 * @param title what the people did
 * @param linkedids one for each call
 * @param rows in the order of their arrival in the tables
 * @param ended those of the linkedids whose end was logged
 */
public record RecordedCall(String title, List<String> linkedids, List<TableRow> rows, Set<String> ended) {
    public RecordedCall {
        linkedids = List.copyOf(linkedids);
        rows = List.copyOf(rows);
        ended = Set.copyOf(ended);
    }

    /**
     * A row and its place.
     *
     * @param insertedAt when it arrived, the PBX's local time
     */
    public record TableRow(String table, String insertedAt, Map<String, Object> columns) {}

    /** The calls of a corpus with a manifest, in the order in which they were made. */
    public static List<RecordedCall> of(Corpus corpus) {
        Map<String, List<TableRow>> rowsByLinkedid = rowsByLinkedid(corpus);
        List<RecordedCall> calls = new ArrayList<>();
        for (JsonNode entry : corpus.manifest()) {
            List<String> linkedids = new ArrayList<>();
            entry.get("linkedids").forEach(linkedid -> linkedids.add(linkedid.asText()));
            calls.add(of(entry.get("title").asText(), linkedids, rowsByLinkedid));
        }
        return calls;
    }

    /** The calls of a corpus none of which has to do with another, in the order in which they were made. */
    public static List<RecordedCall> eachOf(Corpus corpus) {
        Map<String, List<TableRow>> rowsByLinkedid = rowsByLinkedid(corpus);
        return rowsByLinkedid.keySet().stream()
                .map(linkedid -> of(linkedid, List.of(linkedid), rowsByLinkedid))
                .toList();
    }

    private static Map<String, List<TableRow>> rowsByLinkedid(Corpus corpus) {
        Map<String, List<TableRow>> rowsByLinkedid = new LinkedHashMap<>();
        for (String table : List.of("cel", "cdr")) {
            for (Map<String, Object> row : corpus.rows(table)) {
                rowsByLinkedid
                        .computeIfAbsent((String) row.get("linkedid"), linkedid -> new ArrayList<>())
                        .add(new TableRow(table, (String) row.get("inserted_at"), row));
            }
        }
        return rowsByLinkedid;
    }

    private static RecordedCall of(String title, List<String> linkedids, Map<String, List<TableRow>> rowsByLinkedid) {
        List<TableRow> rows = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        linkedids.forEach(linkedid -> rows.addAll(rowsByLinkedid.get(linkedid)));
        rows.sort((a, b) -> a.insertedAt().compareTo(b.insertedAt()));
        for (TableRow row : rows) {
            if ("LINKEDID_END".equals(row.columns().get("eventtype"))) {
                ended.add((String) row.columns().get("linkedid"));
            }
        }
        return new RecordedCall(title, linkedids, rows, ended);
    }

    public boolean allEnded() {
        return ended.containsAll(linkedids);
    }
}
