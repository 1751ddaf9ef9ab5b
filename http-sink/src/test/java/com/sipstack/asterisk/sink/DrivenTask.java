package com.sipstack.asterisk.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task that is driven as a worker does it: records as long as reading is not paused, commits in between. */
final class DrivenTask implements AutoCloseable {
    private static final int BATCH = 100;

    final RecordingContext context = new RecordingContext();

    private final CallSinkTask task;
    private final LongFunction<SinkRecord> records;
    private long read;

    /** @param records by offset, without end */
    DrivenTask(FastTime time, LongFunction<SinkRecord> records) {
        this.task = new CallSinkTask(time, time::timer, new Random(1));
        this.records = records;
    }

    void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("api.key", Calls.API_KEY);
        task.initialize(context);
        task.start(all);
        task.open(List.of(RecordingContext.PARTITION));
    }

    /** Hands over up to so many records in all. */
    DrivenTask readUpTo(long end) {
        List<SinkRecord> batch = new ArrayList<>();
        while (context.paused.isEmpty() && read < end && batch.size() < BATCH) {
            batch.add(records.apply(read++));
        }
        task.put(batch);
        return this;
    }

    long read() {
        return read;
    }

    long committable() {
        return task.preCommit(Map.of(RecordingContext.PARTITION, new OffsetAndMetadata(read)))
                .get(RecordingContext.PARTITION)
                .offset();
    }

    @Override
    public void close() {
        task.stop();
    }
}
