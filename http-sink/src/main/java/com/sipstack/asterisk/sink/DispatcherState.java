package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;

/** What every dispatcher can say of itself. Guarded by itself, as dispatchers are. */
abstract class DispatcherState implements SinkState {
    private final SendGate gate;
    private final Clock clock;

    DispatcherState(SendGate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /** Where all that is in memory came from. */
    abstract Stream<SinkRecord> records();

    @Override
    public final synchronized long oldestMillis() {
        return records()
                .map(SinkRecord::timestamp)
                .filter(Objects::nonNull)
                .mapToLong(written -> Math.max(0, clock.millis() - written))
                .max()
                .orElse(0);
    }

    @Override
    public final synchronized boolean isWaitingForKey() {
        return gate.isWaitingForKey();
    }

    @Override
    public final synchronized boolean isLimited() {
        return gate.isLimited();
    }

    @Override
    public final synchronized int circuitState() {
        return gate.circuitState();
    }
}
