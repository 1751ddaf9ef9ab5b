package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.fleet.Metric;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.util.List;

/** What a worker shows of each PBX whose files are read. */
final class CsvMetrics {
    private static final List<Metric<CsvCounters>> OF_PBX = List.of(
            new Metric<>(
                    "healthy",
                    "1 if the PBX's files could all be read at the last look, else 0",
                    counters -> counters.isHealthy() ? 1 : 0),
            new Metric<>("rows-read-total", "Rows read since the task started", CsvCounters::rows),
            new Metric<>("bad-records-total", "Records that could not be read", CsvCounters::letters),
            new Metric<>("bytes-read-total", "Bytes read, of texts that were compressed too", CsvCounters::bytes),
            new Metric<>(
                    "bytes-behind",
                    "Bytes of the files being read that were left at the last look; rotated ones that wait do not count",
                    CsvCounters::bytesBehind),
            new Metric<>("lag-seconds", "How old the newest row was when it was read", CsvCounters::lagSeconds),
            new Metric<>(
                    "last-poll-seconds-ago",
                    "Time since the files were last looked at without a fault",
                    CsvCounters::secondsSinceTurn),
            new Metric<>("files-finished-total", "Files read to their ends", CsvCounters::finishedFiles),
            new Metric<>("gaps-total", "Stretches declared that could not be read", CsvCounters::gaps));

    private CsvMetrics() {}

    static void show(WorkerMetrics metrics, String pbx, CsvCounters counters) {
        metrics.show(OF_PBX, WorkerMetrics.ofPbx(pbx), counters);
    }
}
