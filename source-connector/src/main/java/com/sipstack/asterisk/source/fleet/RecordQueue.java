package com.sipstack.asterisk.source.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/** Records on their way from the readers' threads to Connect's. A full one makes readers wait. */
public final class RecordQueue {
    private static final int MOST_AT_ONCE = 2000;
    /** A few records alone cost the producer, the broker and who reads them about as much as hundreds do: others may join them. */
    private static final int FEW = 200;

    private static final Duration FOR_OTHERS = Duration.ofMillis(20);

    private final BlockingQueue<SourceRecord> records;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    public RecordQueue(int capacity) {
        records = new ArrayBlockingQueue<>(capacity);
    }

    /** Waits while the queue is full. */
    public void put(SourceRecord record) throws InterruptedException {
        records.put(record);
    }

    /** Waits while the queue is full, but no longer than given; false if it still is. */
    public boolean offer(SourceRecord record, Duration patience) throws InterruptedException {
        return records.offer(record, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells the other side that a reader broke, which no waiting mends. */
    public void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /**
     * What has come, in order; waits for a first record for a while, and then a little for others.
     *
     * @throws ConnectException if a reader broke
     */
    public List<SourceRecord> take(Duration patience) throws InterruptedException {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new ConnectException("a reader of a PBX broke: " + cause, cause);
        }
        List<SourceRecord> taken = new ArrayList<>();
        SourceRecord first = records.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            records.drainTo(taken, FEW - 1);
            if (taken.size() < FEW) {
                TimeUnit.NANOSECONDS.sleep(FOR_OTHERS.toNanos());
            }
            records.drainTo(taken, MOST_AT_ONCE - taken.size());
        }
        return taken;
    }
}
