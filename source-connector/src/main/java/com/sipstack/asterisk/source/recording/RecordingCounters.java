package com.sipstack.asterisk.source.recording;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was counted at one PBX since its task started. For any thread. */
final class RecordingCounters {
    private final LongAdder scans = new LongAdder();
    private final LongAdder announced = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder letters = new LongAdder();
    private final LongAdder audioBytes = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private volatile Map<LeftOut, Long> leftOut = Map.of();
    private volatile long found;
    private volatile boolean isHealthy = true;
    private volatile boolean isReadOnly;

    /** What a scan saw. For the scanning thread. */
    static final class Scan {
        private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
        private long found;

        void leaveOut(LeftOut reason) {
            leftOut.merge(reason, 1L, Long::sum);
        }

        void find() {
            found++;
        }
    }

    void scanned(Scan scan, boolean isWhole) {
        leftOut = Map.copyOf(scan.leftOut);
        found = scan.found;
        isHealthy = isWhole;
        scans.increment();
    }

    void scanBroke() {
        isHealthy = false;
    }

    void recordingAnnounced() {
        announced.increment();
    }

    void recordingAccepted() {
        accepted.increment();
    }

    void recordingGivenUp() {
        givenUp.increment();
    }

    /** A file changed while it was sent, or Kafka did not take it: it is sent anew. */
    void sendingAbandoned() {
        abandoned.increment();
    }

    void letterWritten() {
        letters.increment();
    }

    void audioRead(long bytes) {
        audioBytes.add(bytes);
    }

    /** A file was moved or deleted. */
    void fileFinished() {
        finished.increment();
    }

    void foundReadOnly(boolean isReadOnly) {
        this.isReadOnly = isReadOnly;
    }

    long scans() {
        return scans.sum();
    }

    long announced() {
        return announced.sum();
    }

    long accepted() {
        return accepted.sum();
    }

    long givenUp() {
        return givenUp.sum();
    }

    long abandoned() {
        return abandoned.sum();
    }

    long letters() {
        return letters.sum();
    }

    long audioBytes() {
        return audioBytes.sum();
    }

    long finished() {
        return finished.sum();
    }

    /** How many files the last scan left out for a reason. */
    long leftOut(LeftOut reason) {
        return leftOut.getOrDefault(reason, 0L);
    }

    /** How many files the last scan saw. */
    long found() {
        return found;
    }

    /** Whether the last scan could look into all folders. */
    boolean isHealthy() {
        return isHealthy;
    }

    boolean isReadOnly() {
        return isReadOnly;
    }
}
