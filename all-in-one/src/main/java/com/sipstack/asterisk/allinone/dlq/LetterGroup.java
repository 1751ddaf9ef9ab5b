package com.sipstack.asterisk.allinone.dlq;

import java.time.Instant;

/** Letters of one kind, counted. */
final class LetterGroup {
    private final Kind kind;
    private long count;
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    /**
     * What the letters of a group have in common.
     *
     * @param reason without what differs from one to the next
     */
    record Kind(String stage, String pbx, String reason) {
        static Kind of(StoredLetter letter) {
            return new Kind(letter.stage(), letter.pbx(), ReasonPattern.of(letter.reason()));
        }
    }

    LetterGroup(Kind kind) {
        this.kind = kind;
    }

    void add(StoredLetter letter) {
        count++;
        oldest = letter.time().isBefore(oldest) ? letter.time() : oldest;
        newest = letter.time().isAfter(newest) ? letter.time() : newest;
    }

    Kind kind() {
        return kind;
    }

    long count() {
        return count;
    }

    Instant oldest() {
        return oldest;
    }

    Instant newest() {
        return newest;
    }
}
