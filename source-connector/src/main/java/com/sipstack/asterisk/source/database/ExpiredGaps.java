package com.sipstack.asterisk.source.database;

import java.util.Comparator;
import java.util.List;

/**
 * Gaps that no longer wait, at least one.
 *
 * @param gaps by rising first id, or by age
 * @param why begins a phrase that the ids end
 */
record ExpiredGaps(List<IdGap> gaps, String why) {
    ExpiredGaps {
        gaps = List.copyOf(gaps);
    }

    /** The least id in them. */
    long first() {
        return gaps.stream().mapToLong(IdGap::first).min().orElseThrow();
    }

    /** The greatest id in them. */
    long last() {
        return gaps.stream().mapToLong(IdGap::last).max().orElseThrow();
    }

    /** Such as {@code gap.timeout.ms passed without rows of ids 5,7-9}. */
    String reason() {
        List<IdGap> rising =
                gaps.stream().sorted(Comparator.comparingLong(IdGap::first)).toList();
        return why + " rows of ids " + OpenGaps.ids(rising);
    }
}
