package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator when the API begins to fail and when it takes documents again: one line for each kind of trouble, then at
 * most one a minute with a count. Guarded by the {@link CallDispatcher} that it belongs to.
 */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private final Clock clock;
    private final Map<Trouble, FaultCounter> troubles = new EnumMap<>(Trouble.class);
    private boolean inTrouble;

    FaultLog(Clock clock) {
        this.clock = clock;
    }

    void note(Delivery delivery) {
        if (delivery instanceof Retry retry) {
            troubled(retry.trouble(), retry.failure());
        } else if (delivery instanceof Accepted && inTrouble) {
            inTrouble = false;
            LOG.info("The API accepts documents again");
        }
    }

    private void troubled(Trouble trouble, Failure failure) {
        troubles.computeIfAbsent(trouble, first -> new FaultCounter())
                .count(clock.instant())
                .ifPresent(count -> {
                    inTrouble = true;
                    LOG.error("{} ({}; failed attempts: {})", trouble.sentence(), failure.summary(), count);
                });
    }
}
