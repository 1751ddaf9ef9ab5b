package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.Sampler.Sample;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/** Who used the processor, in seconds for 1,000 calls. */
final class CpuShares {
    static final String ALL_IN_ONE = "all-in-one, all of it";
    static final String DATABASE = "database";
    static final String API = "API (stub)";

    private static final int BUSIEST = 16;

    private CpuShares() {}

    /** The processes, then the all-in-one's stages. */
    static Map<String, Double> byPart(Sample work, int calls) {
        Map<Stage, Double> stages = new EnumMap<>(Stage.class);
        work.threads().forEach((name, seconds) -> stages.merge(Stage.of(name), seconds, Double::sum));
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put(DATABASE, work.database() * 1_000 / calls);
        parts.put(ALL_IN_ONE, work.allInOne() * 1_000 / calls);
        stages.forEach((stage, seconds) -> parts.put(stage.title(), seconds * 1_000 / calls));
        parts.put(API, work.api() * 1_000 / calls);
        return parts;
    }

    /** The busiest first. */
    static Map<String, Double> byThread(Sample work, int calls) {
        return work.threads().entrySet().stream()
                .sorted(Entry.<String, Double>comparingByValue().reversed())
                .limit(BUSIEST)
                .collect(Collectors.toMap(
                        Entry::getKey, thread -> thread.getValue() * 1_000 / calls, (a, b) -> a, LinkedHashMap::new));
    }
}
