package com.sipstack.asterisk.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A batch that records still join. Guarded by the {@link RawDispatcher} that it belongs to. */
final class OpenBatch {
    private final RawBatchConfig config;
    private final List<RawRecord> records = new ArrayList<>();
    private long jsonBytes;
    private Instant first;
    private Instant last;

    OpenBatch(RawBatchConfig config) {
        this.config = config;
    }

    /** True if the record may join. */
    boolean hasRoomFor(RawRecord record) {
        return records.isEmpty() || jsonBytes + record.json().size() <= config.bytes();
    }

    void add(RawRecord record, Instant now) {
        first = records.isEmpty() ? now : first;
        last = now;
        jsonBytes += record.json().size();
        records.add(record);
    }

    boolean isFull() {
        return records.size() >= config.size() || jsonBytes >= config.bytes();
    }

    /** True if its records have waited long enough for others. */
    boolean isDue(Instant now) {
        return !now.isBefore(first.plus(config.timeout())) || !now.isBefore(last.plus(config.forceTimeout()));
    }

    /** How much memory its records take, in bytes. */
    long bytes() {
        return records.stream().mapToLong(RawRecord::bytes).sum();
    }

    Stream<RawRecord> records() {
        return records.stream();
    }

    int size() {
        return records.size();
    }

    RawBatch close() {
        return RawBatch.of(records);
    }
}
