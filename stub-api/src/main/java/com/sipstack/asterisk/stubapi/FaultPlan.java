package com.sipstack.asterisk.stubapi;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be done to one request.
 *
 * @param delay how long its answer is held back
 * @param ending what happens to it in place of the usual; empty is nothing
 */
record FaultPlan(Duration delay, Optional<FaultEffect> ending) {
    static final FaultPlan NONE = new FaultPlan(Duration.ZERO, Optional.empty());

    FaultPlan and(FaultEffect effect) {
        return effect instanceof FaultEffect.Delay more
                ? new FaultPlan(delay.plus(more.duration()), ending)
                : new FaultPlan(delay, Optional.of(effect));
    }
}
