package com.sipstack.asterisk.source.csv;

import java.util.concurrent.atomic.LongAdder;

/** What was counted at one PBX since its task started. Written by the thread that reads the PBX, read by any. */
final class CsvCounters {
    private final LongAdder turns = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder letters = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    /** All files were looked at once. */
    void turnTaken() {
        turns.increment();
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
}
