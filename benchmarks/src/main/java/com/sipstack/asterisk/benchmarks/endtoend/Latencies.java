package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.Receipts.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long after a call's last row its last document was accepted. Calls that became one, by a pickup say, are told when all of them are
 * quiet: there it is the last row of any.
 */
final class Latencies {
    private static final List<Integer> PERCENTILES = List.of(50, 95, 99, 100);

    private Latencies() {}

    /** In milliseconds, by name of the percentile. */
    static Map<String, Long> of(Map<String, Long> lastRows, Receipts receipts) {
        List<Long> sorted = lastRows.keySet().stream()
                .map(linkedid -> latency(receipts.lastOf(linkedid), lastRows))
                .sorted()
                .toList();
        Map<String, Long> percentiles = new LinkedHashMap<>();
        for (int percentile : PERCENTILES) {
            percentiles.put("p" + percentile, sorted.get((sorted.size() - 1) * percentile / 100));
        }
        return percentiles;
    }

    private static long latency(Receipt receipt, Map<String, Long> lastRows) {
        return receipt.at()
                - receipt.linkedids().stream()
                        .map(lastRows::get)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElseThrow();
    }
}
