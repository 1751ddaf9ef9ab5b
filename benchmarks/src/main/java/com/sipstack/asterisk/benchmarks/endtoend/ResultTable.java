package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.ReferenceLoops.Loop;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A result as tables in Markdown. */
final class ResultTable {
    private static final Map<String, List<Stage>> COMPARED = Map.of(
            ReferenceLoops.JDBC, List.of(Stage.SOURCE),
            ReferenceLoops.KAFKA, List.of(Stage.BROKER),
            ReferenceLoops.COPY, List.of(Stage.ASSEMBLER, Stage.ROCKSDB),
            ReferenceLoops.HTTP, List.of(Stage.SINK));
    private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);
    /** Of a core: what is over is for garbage collection at the worst moment, and for the next busy day. */
    private static final double LOAD = 0.6;

    private ResultTable() {}

    static String of(EndToEndResult result) {
        return "```sh bench\n" + result.command() + "\n```\n\n" + result.machine() + "\n\n" + figures(result) + '\n'
                + processor(result) + '\n' + references(result) + '\n' + threads(result) + '\n' + sizes(result);
    }

    private static String figures(EndToEndResult result) {
        String latency = result.latencyMs().isEmpty()
                ? ""
                : result.latencyMs().entrySet().stream()
                        .map(entry -> String.format(
                                "| last row to last receipt, %s | %,d ms |%n", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
        return String.format(
                        "| | |%n|---|---|%n| database, PBXs, partitions | %s, %,d, %d |%n"
                                + "| calls, rows, documents | %,d, %,d, %,d |%n"
                                + "| by the clock | %,.0f calls/s, %,.0f rows/s |%n",
                        result.database(),
                        result.pbxs(),
                        result.partitions(),
                        result.calls(),
                        result.rows(),
                        result.documents(),
                        result.callsPerSecond(),
                        result.rowsPerSecond())
                + latency
                + String.format(
                        "| peak resident memory of the all-in-one | %,d MiB |%n| idle | %.1f %% of a core |%n",
                        result.peakMebibytes(), result.idlePercent());
    }

    private static String processor(EndToEndResult result) {
        return "| processor seconds for 1,000 calls | |\n|---|---|\n"
                + result.cpu().entrySet().stream()
                        .map(entry -> String.format("| %s | %.2f |%n", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String references(EndToEndResult result) {
        return "| reference loop | by the clock | processor seconds for 1,000 calls | our stage | ratio |\n"
                + "|---|---|---|---|---|\n"
                + result.references().stream()
                        .map(loop -> reference(result, loop))
                        .collect(Collectors.joining());
    }

    private static String reference(EndToEndResult result, Loop loop) {
        Stage[] stages = COMPARED.get(loop.title()).toArray(Stage[]::new);
        double ours = result.cpuOf(stages);
        return String.format(
                "| %s | %,.0f/s | %.2f | %.2f | %.1f |%n",
                loop.title(), loop.perSecond(), result.cpuOf(loop), ours, ours / result.cpuOf(loop));
    }

    private static String threads(EndToEndResult result) {
        return "| threads that worked most | processor seconds for 1,000 calls |\n|---|---|\n"
                + result.threads().entrySet().stream()
                        .map(entry ->
                                String.format("| %s | %.2f |%n", entry.getKey().replace("|", "\\|"), entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String sizes(EndToEndResult result) {
        double allInOne = result.cpu().get(CpuShares.ALL_IN_ONE) / 1_000;
        double database = result.cpu().get(CpuShares.DATABASE) / 1_000;
        return String.format(
                        "| calls/s | cores for ours at %.0f %% | cores for the databases | |%n|---|---|---|---|%n",
                        LOAD * 100)
                + SIZES.stream()
                        .map(rate -> String.format(
                                "| %,d | %.1f | %.1f | %s |%n",
                                rate,
                                rate * allInOne / LOAD,
                                rate * database / LOAD,
                                rate <= result.callsPerSecond() ? "measured here or below" : "extrapolated"))
                        .collect(Collectors.joining());
    }
}
