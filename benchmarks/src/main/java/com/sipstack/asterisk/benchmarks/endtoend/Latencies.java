package com.sipstack.asterisk.benchmarks.endtoend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long after a call's last row its last document was accepted. */
final class Latencies {
    private static final List<Integer> PERCENTILES = List.of(50, 95, 99, 100);

    private Latencies() {}

    /** In milliseconds, by name of the percentile. */
    static Map<String, Long> of(Map<String, Long> lastRows, Receipts receipts) {
        List<Long> sorted = lastRows.entrySet().stream()
                .map(row -> receipts.lastOf(row.getKey()) - row.getValue())
                .sorted()
                .toList();
        Map<String, Long> percentiles = new LinkedHashMap<>();
        for (int percentile : PERCENTILES) {
            percentiles.put("p" + percentile, sorted.get((sorted.size() - 1) * percentile / 100));
        }
        return percentiles;
    }
}
