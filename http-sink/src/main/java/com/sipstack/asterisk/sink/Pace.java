package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Retry;

/**
 * How many requests may be under way: half as many after each failure, so that an API that is down is asked by one request at a time,
 * and twice as many after each answer, so that it is not run over when it comes back. Guarded by the dispatcher that it belongs to.
 */
final class Pace {
    private final int most;
    private int limit;
    private boolean failing;

    Pace(int most) {
        this.most = most;
        this.limit = most;
    }

    void note(Delivery delivery) {
        failing = delivery instanceof Retry;
        if (!failing) {
            limit = Math.min(most, limit * 2);
        } else if (((Retry) delivery).trouble() == Trouble.KEY_REFUSED) {
            limit = 1;
        } else {
            limit = Math.max(1, limit / 2);
        }
    }

    int limit() {
        return limit;
    }

    /** True while a single request at a time finds out whether the API is well again. */
    boolean isProbing() {
        return failing && limit == 1;
    }
}
