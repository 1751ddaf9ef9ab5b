package com.sipstack.asterisk.source.database;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which gaps of a table have waited long enough, and says so. For one thread at a time. */
final class GapExpiry {
    private final GapRule rule;
    private final GapLog log;
    /** Who was writing once gaps had been seen, by the gaps' own time. */
    private final Map<Instant, Set<String>> writersThen = new HashMap<>();

    /** @param label names PBX and table in the log */
    GapExpiry(String label, GapRule rule) {
        this.rule = rule;
        this.log = new GapLog(label, rule);
    }

    /**
     * The gaps that no longer wait, of those for whose rows the table was just asked in vain, by the reason.
     *
     * @param asked when, or earlier
     * @param writers who may have filled them, as of before that; empty if the server does not tell
     */
    List<ExpiredGaps> expired(OpenGaps gaps, Instant asked, Optional<Set<String>> writers) {
        writers.ifPresent(now -> gaps.list().forEach(gap -> writersThen.putIfAbsent(gap.since(), now)));
        List<IdGap> abandoned = gaps.list().stream()
                .filter(gap -> writers.filter(now -> haveEnded(gap, now)).isPresent())
                .toList();
        List<IdGap> old = gaps.minus(abandoned).list().stream()
                .filter(gap -> isOld(gap, asked))
                .toList();
        OpenGaps young = gaps.minus(abandoned).minus(old);
        List<IdGap> excess = excess(young.list());
        log.late(Stream.concat(abandoned.stream(), old.stream()).toList(), asked);
        log.excess(excess, asked);
        forgetWriters(young.minus(excess));
        return Stream.of(
                        new ExpiredGaps(abandoned, "no transaction is left that could write"),
                        new ExpiredGaps(old, DatabaseSettings.GAP_TIMEOUT.key() + " has passed without"),
                        new ExpiredGaps(
                                excess,
                                "there are more gaps than " + DatabaseSettings.GAP_MAX_RANGES.key() + "="
                                        + rule.mostRanges() + ", no longer waits for"))
                .filter(expired -> !expired.gaps().isEmpty())
                .toList();
    }

    private boolean isOld(IdGap gap, Instant asked) {
        return !gap.since().plus(rule.timeout()).isAfter(asked);
    }

    /** Nobody who may have taken the gap's ids is still writing: who began later was given larger ones. */
    private boolean haveEnded(IdGap gap, Set<String> now) {
        return !now.contains(SequenceSql.PREPARED) && Collections.disjoint(now, writersThen.get(gap.since()));
    }

    private List<IdGap> excess(List<IdGap> gaps) {
        return gaps.stream()
                .sorted(Comparator.comparing(IdGap::since).thenComparing(IdGap::first))
                .limit(Math.max(0, gaps.size() - rule.mostRanges()))
                .toList();
    }

    private void forgetWriters(OpenGaps open) {
        writersThen.keySet().retainAll(open.list().stream().map(IdGap::since).toList());
    }
}
