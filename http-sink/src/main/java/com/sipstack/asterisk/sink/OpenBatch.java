package com.sipstack.asterisk.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A batch that records still join. Guarded by the {@link RawDispatcher} that it belongs to. */
final class OpenBatch {
    private final RawBatchConfig config;
    private final List<RawRecord> records = new ArrayList<>();
    private long bytes;
    private Instant first;
    private Instant last;

    OpenBatch(RawBatchConfig config) {
        this.config = config;
    }

    /** True if the record may join. */
    boolean hasRoomFor(RawRecord record) {
        return records.isEmpty() || bytes + record.json().size() <= config.bytes();
    }

    void add(RawRecord record, Instant now) {
        first = records.isEmpty() ? now : first;
        last = now;
        bytes += record.json().size();
        records.add(record);
    }

    boolean isFull() {
        return records.size() >= config.size() || bytes >= config.bytes();
    }

    /** True if its records have waited long enough for others. */
    boolean isDue(Instant now) {
        return !now.isBefore(first.plus(config.timeout())) || !now.isBefore(last.plus(config.forceTimeout()));
    }

    int size() {
        return records.size();
    }

    RawBatch close() {
        return RawBatch.of(records);
    }
}
