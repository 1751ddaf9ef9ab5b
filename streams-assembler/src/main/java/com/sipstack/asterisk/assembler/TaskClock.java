package com.sipstack.asterisk.assembler;

/**
 * The time by which a task measures quiet and age: that at which rows arrived in Kafka. The wall clock moves it only while there is
 * nothing left to read, so that an assembler that was down, or whose broker is, takes no call for quiet that it has not yet
 * read to its end. Belongs to the task's thread.
 */
final class TaskClock {
    private final Backlog backlog;
    private final int partition;
    private long now;

    TaskClock(Backlog backlog, int partition) {
        this.backlog = backlog;
        this.partition = partition;
    }

    /**
     * A row was read.
     *
     * @param recordTimestamp when it was written to Kafka, by the clock that its writer then had
     * @param wallClock none was written later: of one that says so, the clock was ahead and was set back since
     */
    long observe(long recordTimestamp, long wallClock) {
        return observe(Math.min(recordTimestamp, wallClock));
    }

    private long observe(long time) {
        now = Math.max(now, time);
        return now;
    }

    /** The latest time that a row told, without asking how far the rows have been read. */
    long observed() {
        return now;
    }

    /** Milliseconds since 1970; never goes back. */
    long now() {
        return observe(backlog.readUpTo(partition));
    }
}
