package com.sipstack.asterisk.allinone;

/**
 * When a connector that has failed is started again: at once, then later after each failure, and at once again after it ran well for
 * long. Counts looks, which come evenly. Not thread-safe.
 */
final class RestartPlan {
    private static final int LONGEST_WAIT = 60;
    /** Longer than any wait: what fails as often as it is started is not taken for well. */
    private static final int RAN_WELL = 2 * LONGEST_WAIT;

    private int restarts;
    private int waiting;
    private int running;

    /** Told at each look at which it is failed. Returns whether it is to be started again now. */
    boolean isDue() {
        running = 0;
        if (waiting > 0) {
            waiting--;
            return false;
        }
        restarts++;
        waiting = Math.min(LONGEST_WAIT, 1 << Math.min(restarts, 6));
        return true;
    }

    /** Told at each look at which it runs. */
    void runs() {
        running++;
        if (running >= RAN_WELL) {
            restarts = 0;
            waiting = 0;
        }
    }

    /** How often it was started again since it last ran well. */
    int restarts() {
        return restarts;
    }
}
