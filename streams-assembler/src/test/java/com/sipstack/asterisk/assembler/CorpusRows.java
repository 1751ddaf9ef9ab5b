package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The corpus's rows as a source would have read them. */
public final class CorpusRows {
    private CorpusRows() {}

    /** CELs and CDRs in the order in which they arrived in their tables. */
    public static List<Row> inOrderOfArrival(Corpus corpus, String pbx) {
        Map<String, List<Row>> byArrival = new java.util.TreeMap<>();
        for (Map<String, Object> cel : corpus.rows("cel")) {
            byArrival
                    .computeIfAbsent((String) cel.get("inserted_at"), at -> new ArrayList<>())
                    .add(Cel.MAPPING.fromColumns(asRead(cel, pbx, "cel", "eventtime", "event_time")));
        }
        for (Map<String, Object> cdr : corpus.rows("cdr")) {
            byArrival
                    .computeIfAbsent((String) cdr.get("inserted_at"), at -> new ArrayList<>())
                    .add(Cdr.MAPPING.fromColumns(asRead(cdr, pbx, "cdr", "calldate", "start_time")));
        }
        return byArrival.values().stream().flatMap(List::stream).toList();
    }

    public static Map<CallKey, List<Row>> calls(Corpus corpus, String pbx) {
        Map<CallKey, List<Row>> calls = new LinkedHashMap<>();
        for (Row row : inOrderOfArrival(corpus, pbx)) {
            calls.computeIfAbsent(row.callKey(), key -> new ArrayList<>()).add(row);
        }
        return calls;
    }

    /**
     * The rows of a call that was made new, as a source would have read them.
     *
     * @param before how many rows of the PBX were read before; the call's follow
     */
    public static List<Row> of(FreshCall call, String pbx, long before) {
        List<Row> rows = new ArrayList<>();
        for (FreshCall.DueRow row : call.rows()) {
            Map<String, Object> columns = new LinkedHashMap<>(row.columns());
            columns.put("id", before + rows.size() + 1);
            rows.add(
                    row.table().equals("cel")
                            ? Cel.MAPPING.fromColumns(asRead(columns, pbx, "cel", "eventtime", "event_time"))
                            : Cdr.MAPPING.fromColumns(asRead(columns, pbx, "cdr", "calldate", "start_time")));
        }
        return rows;
    }

    private static Map<String, Object> asRead(
            Map<String, Object> columns, String pbx, String table, String localTime, String utcTime) {
        Map<String, Object> read = new LinkedHashMap<>(columns);
        read.remove("inserted_at");
        read.put("position", read.remove("id"));
        read.put("pbx", pbx);
        read.put("source", "database");
        read.put("origin", table + "#0");
        LocalDateTime local = LocalDateTime.parse(((String) columns.get(localTime)).replace(' ', 'T'));
        read.put(utcTime, micros(local));
        return read;
    }

    private static long micros(LocalDateTime local) {
        java.time.Instant instant = local.atZone(Corpus.ZONE).toInstant();
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
