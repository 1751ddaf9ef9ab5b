package com.sipstack.asterisk.sink;

/** How many requests may be under way: few at first and after an outage, one more with every answer, up to the limit. */
final class RequestWindow {
    private static final int FIRST = 4;

    private final int most;
    private int size;

    RequestWindow(int most) {
        this.most = most;
        restart();
    }

    int size() {
        return size;
    }

    /** The API kept up: a window of answers doubles the window. */
    void widen() {
        size = Math.min(most, size + 1);
    }

    void restart() {
        size = Math.min(most, FIRST);
    }
}
