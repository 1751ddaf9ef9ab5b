package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Instant;

/** Whether the API takes our key. While it does not, one request at a time tries whether it does again. */
final class KeyWatch {
    private final Backoff backoff;
    private int refusals;
    private boolean probing;
    private Instant nextProbe = Instant.MIN;

    KeyWatch(Backoff backoff) {
        this.backoff = backoff;
    }

    boolean isRefused() {
        return refusals > 0;
    }

    boolean permits(Instant now) {
        return !isRefused() || (!probing && !now.isBefore(nextProbe));
    }

    void sent() {
        probing = isRefused();
    }

    /** @param delivery of a request that the API answered, or did not */
    void answered(Delivery delivery, Instant now) {
        if (!(delivery instanceof Retry retry)) {
            refusals = 0;
        } else if (retry.trouble() == Trouble.KEY_REFUSED && (probing || !isRefused())) {
            // Those that were under way together with the first are no further refusals
            refusals++;
            nextProbe = now.plus(backoff.after(refusals, retry.retryAfter()));
        }
        probing = false;
    }

    /** Nothing came of a request. */
    void abandoned() {
        probing = false;
    }
}
