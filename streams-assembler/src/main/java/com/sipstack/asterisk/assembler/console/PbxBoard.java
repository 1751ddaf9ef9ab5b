package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sipstack.asterisk.model.Row;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is known of each PBX: when it was last heard, from which sources, and what of it was never read. Safe for any thread. */
final class PbxBoard {
    private static final int MOST_PBXS = 20_000;

    private final Map<String, Heard> heard = new HashMap<>();

    private static final class Heard {
        private final Set<String> sources = new TreeSet<>();
        private long lastRow;
        private Long lag;
        private long gaps;
        private long lastGap;
    }

    /**
     * One PBX.
     *
     * @param sources from which its rows came
     * @param lastRow when its last row came that was seen, in milliseconds since 1970; null if none was
     * @param lagMs from the moment that this row tells of to its arrival; null if the row tells none
     * @param gaps stretches of its time that sources did not read, as long as their topic goes back
     * @param live calls in progress
     */
    record PbxState(
            String pbx,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> sources,
            Long lastRow,
            Long lagMs,
            long gaps,
            Long lastGap,
            long live) {}

    /** The last of its PBX's rows among those that were looked at. */
    synchronized void row(Row row, long came) {
        Heard pbx = of(row.provenance().pbx());
        if (pbx == null) {
            return;
        }
        if (row.provenance().source() != null) {
            pbx.sources.add(row.provenance().source().toString());
        }
        if (came >= pbx.lastRow) {
            pbx.lastRow = came;
            pbx.lag = row.occurredAt() == null ? null : (Long) Math.max(0, came - row.occurredAt() / 1_000);
        }
    }

    /** A record of the topic of gaps. */
    synchronized void gap(ConsumerRecord<byte[], byte[]> record) {
        Heard pbx = record.key() == null ? null : of(new String(record.key(), UTF_8));
        if (pbx != null) {
            pbx.gaps++;
            pbx.lastGap = Math.max(pbx.lastGap, record.timestamp());
        }
    }

    /** By name; a PBX that has calls in progress is there, whatever else is known of it. */
    synchronized List<PbxState> states(Map<String, Long> live) {
        live.keySet().forEach(this::of);
        return heard.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(pbx -> state(pbx.getKey(), pbx.getValue(), live.getOrDefault(pbx.getKey(), 0L)))
                .toList();
    }

    private static PbxState state(String name, Heard pbx, long live) {
        return new PbxState(
                name,
                Set.copyOf(pbx.sources),
                pbx.lastRow == 0 ? null : (Long) pbx.lastRow,
                pbx.lag,
                pbx.gaps,
                pbx.lastGap == 0 ? null : (Long) pbx.lastGap,
                live);
    }

    /** Null for one more than can be shown. */
    private Heard of(String pbx) {
        return heard.size() < MOST_PBXS ? heard.computeIfAbsent(pbx, first -> new Heard()) : heard.get(pbx);
    }
}
