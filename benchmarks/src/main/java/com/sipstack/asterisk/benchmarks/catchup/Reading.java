package com.sipstack.asterisk.benchmarks.catchup;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** A way to read a table from its beginning. */
public interface Reading {
    OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * How fast it was.
     *
     * @param cpuMicros processor time of this JVM, for each row: the same on an idle machine and on a busy one
     */
    record Speed(double rowsPerSecond, double cpuMicros) {}

    /** Told of rows as they come. */
    interface Watch {
        Watch NONE = rows -> {};

        void rowsRead(int rows);
    }

    /** Returns once so many rows were read. */
    void read(int rows, Watch watch) throws Exception;

    default Speed measure(int rows) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long before = System.nanoTime();
        read(rows, Watch.NONE);
        double seconds = (System.nanoTime() - before) / 1e9;
        return new Speed(rows / seconds, (PROCESS.getProcessCpuTime() - cpu) / 1e3 / rows);
    }
}
