package com.sipstack.asterisk.assembler.dlq;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the letters that were selected; each is counted once. */
public final class ReplayTally {
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<String, Long> obstacles = new TreeMap<>();

    /** What can become of a letter. */
    enum Fate {
        REPLAYED,
        SUPERSEDED,
        SETTLED_BEFORE,
        IMPOSSIBLE
    }

    void add(Fate fate) {
        add(fate, 1);
    }

    void add(Fate fate, long letters) {
        fates.merge(fate, letters, Long::sum);
    }

    /** A letter that cannot be replayed, and why. */
    void addObstacle(String reason) {
        add(Fate.IMPOSSIBLE);
        obstacles.merge(reason, 1L, Long::sum);
    }

    long of(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** @param done what to say of those that were replayed */
    public String summary(String done) {
        long selected = fates.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder summary = new StringBuilder()
                .append(selected)
                .append(" selected: ")
                .append(of(Fate.REPLAYED))
                .append(' ')
                .append(done)
                .append(", ")
                .append(of(Fate.SUPERSEDED))
                .append(" superseded by a later revision of their call, ")
                .append(of(Fate.SETTLED_BEFORE))
                .append(" replayed or dropped before, ")
                .append(of(Fate.IMPOSSIBLE))
                .append(" that cannot be replayed");
        obstacles.forEach(
                (reason, letters) -> summary.append(String.format("%n  %d: %s", letters, TerminalText.of(reason))));
        return summary.toString();
    }
}
