package com.sipstack.asterisk.benchmarks.catchup;

/** A way to read a table from its beginning. */
interface Reading {
    /** Told of rows as they come. */
    interface Watch {
        Watch NONE = rows -> {};

        void rowsRead(int rows);
    }

    /** Returns once so many rows were read. */
    void read(int rows, Watch watch) throws Exception;

    /** @return rows a second */
    default double speed(int rows) throws Exception {
        long before = System.nanoTime();
        read(rows, Watch.NONE);
        return rows / ((System.nanoTime() - before) / 1e9);
    }
}
