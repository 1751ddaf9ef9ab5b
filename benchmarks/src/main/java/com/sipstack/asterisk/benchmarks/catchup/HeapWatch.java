package com.sipstack.asterisk.benchmarks.catchup;

import java.util.stream.LongStream;

/** The heap that is in use after a garbage collection, every so many rows of a reading: the largest of each quarter of it. */
final class HeapWatch implements Reading.Watch {
    private static final int QUARTERS = 4;
    private static final int COLLECTIONS = 40;

    private final long[] peaks = new long[QUARTERS];
    private final int rows;
    private long read;
    private long next;

    HeapWatch(int rows) {
        this.rows = rows;
    }

    @Override
    public void rowsRead(int count) {
        read += count;
        if (read >= next && read < rows) {
            next += rows / COLLECTIONS;
            int quarter = (int) (QUARTERS * read / rows);
            peaks[quarter] = Math.max(peaks[quarter], used());
        }
    }

    /** In MiB, one for each quarter. */
    long[] peaks() {
        return LongStream.of(peaks).map(bytes -> bytes >> 20).toArray();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
