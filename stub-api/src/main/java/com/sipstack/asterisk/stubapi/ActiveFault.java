package com.sipstack.asterisk.stubapi;

import java.util.random.RandomGenerator;

/** A fault in force: how often it struck and when it is over. Guarded by the {@link Faults} that hold it. */
final class ActiveFault {
    private final Fault fault;
    private final long addedNanos;
    private int struck;

    ActiveFault(Fault fault, long nowNanos) {
        this.fault = fault;
        this.addedNanos = nowNanos;
    }

    Fault fault() {
        return fault;
    }

    boolean isSpent(long nowNanos) {
        return fault.times().map(times -> struck >= times).orElse(false)
                || fault.lasting()
                        .map(lasting -> nowNanos - addedNanos >= lasting.toNanos())
                        .orElse(false);
    }

    boolean matches(String path) {
        return fault.matches(path);
    }

    boolean matches(ApiRequest request) {
        return matches(request.path()) && fault.linkedid().map(request::isAbout).orElse(true);
    }

    /** Throws the dice, which are left alone when every request is struck. */
    boolean strike(RandomGenerator random) {
        boolean strikes = fault.share() == 1 || random.nextDouble() < fault.share();
        if (strikes) {
            struck++;
        }
        return strikes;
    }
}
