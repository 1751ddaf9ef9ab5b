package com.sipstack.asterisk.source.csv;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What was counted at one PBX since its task started. Written by the thread that reads the PBX, read by any. */
final class CsvCounters {
    /** While there is nothing to tell. */
    private static final double NOT_KNOWN = Double.NaN;

    private final Clock clock;
    private final LongAdder turns = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder letters = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    private volatile long bytesBehind;
    private volatile double lag = NOT_KNOWN;
    private volatile boolean isHealthy;
    /** Null before the first. */
    private volatile Instant lastTurn;

    CsvCounters(Clock clock) {
        this.clock = clock;
    }

    /**
     * All files were looked at once.
     *
     * @param left bytes that are in them and were not read
     */
    void turnTaken(long left) {
        turns.increment();
        bytesBehind = left;
        lastTurn = clock.instant();
        isHealthy = true;
    }

    /** A file could not be read. */
    void turnFailed() {
        isHealthy = false;
    }

    /** @param written when the newest row read was written; empty if it does not tell */
    void newestRow(Optional<Instant> written) {
        written.ifPresent(moment -> lag = seconds(Duration.between(moment, clock.instant())));
    }

    void rowRead() {
        rows.increment();
    }

    void letterWritten() {
        letters.increment();
    }

    void bytesRead(long count) {
        bytes.add(count);
    }

    /** A file was read to its end, and another is there. */
    void fileFinished() {
        files.increment();
    }

    void gapDeclared() {
        gaps.increment();
    }

    /** How often the files were looked at without a fault. */
    long turns() {
        return turns.sum();
    }

    long rows() {
        return rows.sum();
    }

    /** Records that could not be read. */
    long letters() {
        return letters.sum();
    }

    /** Bytes that were done with, of texts that were compressed too. */
    long bytes() {
        return bytes.sum();
    }

    /** Files that were read to their ends after others had taken their names. */
    long finishedFiles() {
        return files.sum();
    }

    /** Stretches that could not be read. */
    long gaps() {
        return gaps.sum();
    }

    /** Bytes of the files that are being read that were not read at the last look; rotated ones that wait do not count. */
    long bytesBehind() {
        return bytesBehind;
    }

    /** How old the newest row was when it was read, in seconds; NaN if none was. */
    double lagSeconds() {
        return lag;
    }

    /** How long ago all files were last looked at without a fault, in seconds; NaN if they never were. */
    double secondsSinceTurn() {
        Instant last = lastTurn;
        return last == null ? NOT_KNOWN : seconds(Duration.between(last, clock.instant()));
    }

    /** Whether all files could be looked at the last time; not before the first. */
    boolean isHealthy() {
        return isHealthy;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
