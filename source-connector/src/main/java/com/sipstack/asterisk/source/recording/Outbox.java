package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The way of a task's records to Kafka and of the acknowledgements back. Audio has so much room and no more until it is acknowledged.
 * Thread-safe.
 */
final class Outbox {
    private final RecordQueue queue;
    private final AwaitedRecords awaited = new AwaitedRecords();
    private final Semaphore room;
    private final Running running;

    /** @param audioMemory bytes */
    Outbox(RecordQueue queue, int audioMemory, Running running) {
        this.queue = queue;
        this.running = running;
        this.room = new Semaphore(audioMemory, true);
    }

    RecordQueue queue() {
        return queue;
    }

    Running running() {
        return running;
    }

    /** @param then told where the record lies; empty if it was dropped on the way. It must not wait */
    void send(SourceRecord record, Consumer<Optional<RecordMetadata>> then) throws InterruptedException {
        awaited.add(record, then);
        try {
            while (!queue.offer(record, Running.GLANCE)) {
                running.require();
            }
        } catch (InterruptedException e) {
            awaited.forget(record);
            throw e;
        }
    }

    /** Waits until there is room for so many bytes of audio. */
    void takeRoom(int bytes) throws InterruptedException {
        while (!room.tryAcquire(bytes, Running.GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
            running.require();
        }
    }

    void giveRoom(int bytes) {
        room.release(bytes);
    }

    void acknowledged(SourceRecord record, RecordMetadata metadata) {
        awaited.acknowledged(record, metadata);
    }
}
