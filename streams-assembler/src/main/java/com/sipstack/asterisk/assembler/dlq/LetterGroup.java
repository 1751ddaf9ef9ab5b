package com.sipstack.asterisk.assembler.dlq;

import java.time.Instant;
import java.util.Comparator;

/** Letters of one kind, counted. */
public final class LetterGroup {
    static final Comparator<LetterGroup> MOST_FREQUENT_FIRST =
            Comparator.comparingLong(LetterGroup::count).reversed().thenComparing(LetterGroup::oldest);

    private final Kind kind;
    private long count;
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    /**
     * What the letters of a group have in common.
     *
     * @param reason without what differs from one to the next
     */
    public record Kind(String stage, String pbx, String reason) {
        public static Kind of(StoredLetter letter) {
            return new Kind(letter.stage(), letter.pbx(), ReasonPattern.of(letter.reason()));
        }
    }

    LetterGroup(Kind kind) {
        this.kind = kind;
    }

    void add(Instant time) {
        count++;
        oldest = time.isBefore(oldest) ? time : oldest;
        newest = time.isAfter(newest) ? time : newest;
    }

    public Kind kind() {
        return kind;
    }

    public long count() {
        return count;
    }

    public Instant oldest() {
        return oldest;
    }

    public Instant newest() {
        return newest;
    }
}
