package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.Metric;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.util.List;
import java.util.Map;

/** What a worker shows of each PBX whose recordings are looked for. */
final class RecordingMetrics {
    private static final List<Metric<RecordingCounters>> OF_PBX = List.of(
            new Metric<>(
                    "healthy",
                    "1 if the last scan could look into all folders, else 0",
                    counters -> counters.isHealthy() ? 1 : 0),
            new Metric<>("scans-total", "Scans since the task started", RecordingCounters::scans),
            new Metric<>("files-found", "Files that the last scan saw", RecordingCounters::found),
            new Metric<>("recordings-announced-total", "Recordings that Kafka has", RecordingCounters::announced),
            new Metric<>("recordings-accepted-total", "Recordings that the API has", RecordingCounters::accepted),
            new Metric<>(
                    "recordings-given-up-total", "Recordings in the dead-letter queue", RecordingCounters::givenUp),
            new Metric<>("sendings-abandoned-total", "Files that had to be sent anew", RecordingCounters::abandoned),
            new Metric<>("dead-letters-total", "Files that cannot be sent at all", RecordingCounters::letters),
            new Metric<>("audio-bytes-total", "Bytes of audio read", RecordingCounters::audioBytes),
            new Metric<>("files-finished-total", "Files moved or deleted", RecordingCounters::finished),
            new Metric<>(
                    "read-only",
                    "1 if files cannot be moved or deleted, else 0",
                    counters -> counters.isReadOnly() ? 1 : 0));

    private RecordingMetrics() {}

    static void show(WorkerMetrics metrics, String pbx, RecordingCounters counters) {
        metrics.show(OF_PBX, WorkerMetrics.ofPbx(pbx), counters);
        for (LeftOut reason : LeftOut.values()) {
            Map<String, String> tags = WorkerMetrics.ofPbx(pbx);
            tags.put("reason", reason.word());
            metrics.show(List.of(leftOut(reason)), tags, counters);
        }
    }

    private static Metric<RecordingCounters> leftOut(LeftOut reason) {
        return new Metric<>(
                "files-left-out", "Files that the last scan left out", counters -> counters.leftOut(reason));
    }
}
