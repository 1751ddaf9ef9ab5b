package com.sipstack.asterisk.sink;

/** How it stands with what a task has taken over. Safe for any thread. */
interface SinkState {
    Load held();

    /** How long ago the oldest of what is in memory was written to Kafka, in milliseconds; 0 without any. */
    long oldestMillis();

    int inFlight();

    boolean isWaitingForKey();

    boolean isLimited();

    /** 0 if requests go out as usual, 1 if some try whether the API is back, 2 if none goes out. */
    int circuitState();
}
