package com.sipstack.asterisk.assembler.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What the board keeps of a call. Immutable.
 *
 * @param haystack of the summary, made once
 * @param json of the summary, made once for all pages
 * @param revisions the first and the latest ones, rising
 */
record BoardCall(CallSummary summary, String haystack, String json, List<RevisionPlace> revisions) {
    private static final int MOST_REVISIONS = 100;

    static BoardCall of(CallSummary summary, RevisionPlace place) {
        return of(summary, List.of(place));
    }

    /** The same call as a later document tells it. */
    BoardCall next(CallSummary later, RevisionPlace place) {
        List<RevisionPlace> all = new ArrayList<>(revisions);
        if (all.size() >= MOST_REVISIONS) {
            all.remove(1);
        }
        all.add(place);
        return of(later, List.copyOf(all));
    }

    private static BoardCall of(CallSummary summary, List<RevisionPlace> revisions) {
        return new BoardCall(summary, summary.haystack(), ConsoleJson.text(summary), revisions);
    }
}
