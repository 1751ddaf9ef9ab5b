package com.sipstack.asterisk.sink;

import java.time.Instant;

/** Tells a document that fails alone from an API that fails. Guarded by the dispatcher that it belongs to. */
final class BadRecordRule {
    private final BadRecordConfig config;
    private long passed;
    private long failing;

    BadRecordRule(BadRecordConfig config) {
        this.config = config;
    }

    void passed() {
        passed++;
    }

    /** Notes a failed attempt. True if the document is to blame: it failed often enough for long enough while others passed. */
    boolean convicts(Suspicion suspicion, Instant now) {
        if (suspicion.isNone()) {
            failing++;
            suspicion.begin(now, passed, failing);
        } else {
            suspicion.again(now, passed, failing, config.passShare());
        }
        return suspicion.isProven(config.attempts(), config.duration(), now);
    }
}
