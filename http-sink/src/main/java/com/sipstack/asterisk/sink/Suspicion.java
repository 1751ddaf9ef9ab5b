package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.time.Instant;

/** What is held against one document: how often it failed while others passed. Guarded by the dispatcher that it belongs to. */
final class Suspicion {
    private int tries;
    private Instant since;
    private long passedBefore;
    private long failingBefore;
    private int blamedEra = -1;

    boolean isNone() {
        return tries == 0;
    }

    /** True the first time in an era, that is since the API was last down. */
    boolean isFirstIn(int era) {
        boolean first = blamedEra != era;
        blamedEra = era;
        return first;
    }

    /** From now on others are watched. */
    void begin(Instant now, long passed, long failing) {
        tries = 1;
        since = now;
        watch(passed, failing);
    }

    /** @param share of the others that passed since the last time; below it the fault was not this document's */
    void again(Instant now, long passed, long failing, double share) {
        long others = passed - passedBefore + failing - failingBefore;
        if (others == 0) {
            return; // nobody to compare with
        }
        if (passed - passedBefore < share * others) {
            begin(now, passed, failing);
        } else {
            tries++;
            watch(passed, failing);
        }
    }

    boolean isProven(int leastTries, Duration least, Instant now) {
        return tries >= leastTries && !now.isBefore(since.plus(least));
    }

    private void watch(long passed, long failing) {
        passedBefore = passed;
        failingBefore = failing;
    }
}
