package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.ReferenceLoops.Loop;
import java.util.List;
import java.util.Map;

/**
 * What a run measured.
 *
 * @param seconds from the first row that could be read to the last receipt
 * @param cpu processor seconds for 1,000 calls, by part, the all-in-one's stages among them
 * @param threads the all-in-one's threads that worked most, processor seconds for 1,000 calls each
 * @param peakMebibytes resident memory of the all-in-one at its largest
 * @param latencyMs from a call's last row to its last receipt by percentile; empty for a backlog
 * @param idlePercent of one core that the all-in-one takes with nothing to do
 */
record EndToEndResult(
        String command,
        String machine,
        String database,
        int pbxs,
        int partitions,
        int calls,
        long rows,
        long documents,
        double seconds,
        Map<String, Double> cpu,
        Map<String, Double> threads,
        long peakMebibytes,
        Map<String, Long> latencyMs,
        double idlePercent,
        List<Loop> references) {
    EndToEndResult with(List<Loop> loops) {
        return new EndToEndResult(
                command,
                machine,
                database,
                pbxs,
                partitions,
                calls,
                rows,
                documents,
                seconds,
                cpu,
                threads,
                peakMebibytes,
                latencyMs,
                idlePercent,
                loops);
    }

    double callsPerSecond() {
        return calls / seconds;
    }

    double rowsPerSecond() {
        return rows / seconds;
    }

    double cpuOf(Stage... stages) {
        double seconds = 0;
        for (Stage stage : stages) {
            seconds += cpu.getOrDefault(stage.title(), 0.0);
        }
        return seconds;
    }

    /** Of a reference loop, for 1,000 calls. */
    double cpuOf(Loop loop) {
        double units = loop.title().equals(ReferenceLoops.HTTP) ? documents : rows;
        return loop.cpuMicros() * units / calls / 1_000;
    }
}
