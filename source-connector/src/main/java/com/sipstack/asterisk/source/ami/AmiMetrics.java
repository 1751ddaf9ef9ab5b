package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.Metric;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.util.List;

/** What a worker shows of each PBX that is listened to. */
final class AmiMetrics {
    private static final List<Metric<AmiCounters>> OF_PBX = List.of(
            new Metric<>(
                    "healthy",
                    "1 if the PBX is listened to and Kafka takes what it says, else 0",
                    counters -> counters.isHealthy() ? 1 : 0),
            new Metric<>("connected", "1 if there is a session, else 0", counters -> counters.isOpen() ? 1 : 0),
            new Metric<>("rows-read-total", "Events read as rows since the task started", AmiCounters::events),
            new Metric<>("bad-records-total", "Events that could not be read as rows", AmiCounters::letters),
            new Metric<>("gaps-total", "Times declared in which nobody listened", AmiCounters::gaps),
            new Metric<>("sessions-total", "How often a session began", AmiCounters::sessions),
            new Metric<>(
                    "stalls-total",
                    "How often the PBX's words were left unread because Kafka took nothing",
                    AmiCounters::stalls),
            new Metric<>(
                    "last-heard-seconds-ago",
                    "Time since the PBX last said anything, answers to pings included",
                    AmiCounters::secondsSinceHeard));

    private AmiMetrics() {}

    static void show(WorkerMetrics metrics, String pbx, AmiCounters counters) {
        metrics.show(OF_PBX, WorkerMetrics.ofPbx(pbx), counters);
    }
}
