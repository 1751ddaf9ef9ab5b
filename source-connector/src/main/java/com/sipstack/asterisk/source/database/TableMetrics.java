package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.Metric;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.util.List;
import java.util.Map;

/** What a worker shows of each PBX and of each of its tables. */
final class TableMetrics {
    private static final List<Metric<PbxCounters>> OF_PBX = List.of(new Metric<>(
            "healthy",
            "1 if the PBX's tables could all be read at the last attempt, else 0",
            counters -> counters.isHealthy() ? 1 : 0));
    private static final List<Metric<TableCounters>> OF_TABLE = List.of(
            new Metric<>("rows-read-total", "Rows read since the task started", TableCounters::rows),
            new Metric<>("bad-records-total", "Rows that could not be read", TableCounters::letters),
            new Metric<>(
                    "rows-read-again-total",
                    "Rows of wide passes through a table without id that were known already",
                    TableCounters::rowsReadAgain),
            new Metric<>(
                    "late-rows-read-total",
                    "Rows read after one with a larger id had been read",
                    TableCounters::lateRows),
            new Metric<>("lag-seconds", "How old the newest row was when it was read", TableCounters::lagSeconds),
            new Metric<>(
                    "last-poll-seconds-ago",
                    "Time since the table was last asked with success",
                    TableCounters::secondsSincePoll),
            new Metric<>("poll-time-ms", "How long the last poll took", TableCounters::pollMillis),
            new Metric<>("open-gaps", "Ranges of ids that were skipped and may still come", TableCounters::openGaps),
            new Metric<>(
                    "expired-gaps-total", "Ranges of ids that are no longer waited for", TableCounters::expiredGaps),
            new Metric<>("expired-ids-total", "Ids that are no longer waited for", TableCounters::expiredIds),
            new Metric<>(
                    "epochs-total",
                    "How often the table's ids have begun again since the task started",
                    TableCounters::epochs),
            new Metric<>("epoch", "The epoch that is read, as in the rows' origin", TableCounters::epoch),
            new Metric<>(
                    "timezone-offset-seconds",
                    "By how much the rows' local time is ahead of UTC, as set or as the rows tell it",
                    TableCounters::zoneOffsetSeconds),
            new Metric<>(
                    "timezone-contradicted",
                    "1 if a time zone is set and the rows tell another one, else 0",
                    counters -> counters.isZoneContradicted() ? 1 : 0));

    private TableMetrics() {}

    static void show(WorkerMetrics metrics, String pbx, PbxCounters counters) {
        metrics.show(OF_PBX, WorkerMetrics.ofPbx(pbx), counters);
        counters.tables().forEach((table, ofTable) -> {
            Map<String, String> tags = WorkerMetrics.ofPbx(pbx);
            tags.put("table", table);
            metrics.show(OF_TABLE, tags, ofTable);
        });
    }
}
