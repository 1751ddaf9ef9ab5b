package com.sipstack.asterisk.benchmarks.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.RecordedCall;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of plain answered calls and of every other kind, made new again and again, as a source writes them. Not thread-safe. */
public final class CallTraffic {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RecordedCall> recorded = RecordedCall.of(Corpus.PBX_20).stream()
            .filter(RecordedCall::allEnded)
            .toList();
    private final FreshCall.Sequence sequence = new FreshCall.Sequence();
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private long position;
    private int next;
    private long linkedids;

    /** A row's JSON, and whether it is a CDR. */
    public record WrittenRow(boolean isCdr, String json) {}

    /** The rows of one more recorded scene at a PBX. */
    public List<WrittenRow> nextCall(String pbx) throws JsonProcessingException {
        RecordedCall call = recorded.get(next++ % recorded.size());
        List<FreshCall.DueRow> due =
                FreshCall.of(call, begin, sequence, 1, Corpus.ZONE).rows();
        linkedids += due.stream()
                .map(row -> row.columns().get("linkedid"))
                .distinct()
                .count();
        List<WrittenRow> rows = new ArrayList<>();
        for (FreshCall.DueRow row : due) {
            rows.add(written(pbx, row));
        }
        return rows;
    }

    /** Of all scenes so far: some consist of calls that meet. */
    long linkedids() {
        return linkedids;
    }

    private WrittenRow written(String pbx, FreshCall.DueRow row) throws JsonProcessingException {
        boolean isCdr = row.table().equals("cdr");
        Map<String, Object> columns = new LinkedHashMap<>(row.columns());
        columns.remove("inserted_at");
        columns.remove("id");
        columns.put("pbx", pbx);
        columns.put("source", "database");
        columns.put("origin", row.table() + "#0");
        columns.put("position", position++);
        Object local = columns.get(isCdr ? "calldate" : "eventtime");
        Instant at = LocalDateTime.parse(local.toString().replace(' ', 'T'))
                .atZone(Corpus.ZONE)
                .toInstant();
        columns.put(isCdr ? "start_time" : "event_time", ChronoUnit.MICROS.between(Instant.EPOCH, at));
        return new WrittenRow(isCdr, JSON.writeValueAsString(columns));
    }
}
