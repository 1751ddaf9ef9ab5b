package com.sipstack.asterisk.assembler.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts what happened in each of the last minutes. For one thread at a time. */
final class MinuteRates {
    static final int MINUTES = 60;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final long[] minutes = new long[MINUTES];
    private final long[] completed = new long[MINUTES];
    private final long[] failed = new long[MINUTES];
    private final long[] late = new long[MINUTES];

    /**
     * What happened in one minute.
     *
     * @param minute its beginning, in milliseconds since 1970
     * @param completed calls that were first told as complete
     * @param failed those of them that failed
     * @param late documents of calls that were complete already
     */
    record Minute(long minute, long completed, long failed, long late) {}

    void completed(long at, boolean isFailure) {
        int slot = slot(at);
        if (slot >= 0) {
            completed[slot]++;
            failed[slot] += isFailure ? 1 : 0;
        }
    }

    void late(long at) {
        int slot = slot(at);
        if (slot >= 0) {
            late[slot]++;
        }
    }

    /** The last hour up to now, oldest first; minutes in which nothing happened too. */
    List<Minute> lastHour(long now) {
        List<Minute> hour = new ArrayList<>(MINUTES);
        for (int ago = MINUTES - 1; ago >= 0; ago--) {
            long minute = now / MINUTE - ago;
            int slot = (int) Math.floorMod(minute, (long) MINUTES);
            boolean isKnown = minutes[slot] == minute;
            hour.add(new Minute(
                    minute * MINUTE,
                    isKnown ? completed[slot] : 0,
                    isKnown ? failed[slot] : 0,
                    isKnown ? late[slot] : 0));
        }
        return hour;
    }

    /** Negative for a minute that is older than what stands in its place. */
    private int slot(long at) {
        long minute = at / MINUTE;
        int slot = (int) Math.floorMod(minute, (long) MINUTES);
        if (minutes[slot] > minute) {
            return -1;
        }
        if (minutes[slot] < minute) {
            minutes[slot] = minute;
            completed[slot] = 0;
            failed[slot] = 0;
            late[slot] = 0;
        }
        return slot;
    }
}
