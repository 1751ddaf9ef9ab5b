package com.sipstack.asterisk.assembler.dlq;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes records all or none. For one thread. */
final class Transactions implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private boolean open;

    /** @param producer whose transactions are ready */
    Transactions(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Begins a transaction and writes records in it, which nobody sees yet who reads what is committed.
     *
     * @return where each of them stands
     * @throws KafkaException if the broker does not take one of them
     */
    List<RecordMetadata> write(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        open = true;
        try {
            List<Future<RecordMetadata>> writes =
                    records.stream().map(producer::send).toList();
            producer.flush();
            List<RecordMetadata> places = new ArrayList<>();
            for (Future<RecordMetadata> write : writes) {
                places.add(write.get());
            }
            return places;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing", e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the broker refuses a record: " + e.getCause().getMessage(), e.getCause());
        }
    }

    void commit() {
        producer.commitTransaction();
        open = false;
    }

    /** Takes back what was written since the last commit. */
    void abort() {
        producer.abortTransaction();
        open = false;
    }

    /** Takes back what was not committed: readers would wait for its end otherwise. */
    @Override
    public void close() {
        try (producer) {
            if (open) {
                producer.abortTransaction();
            }
        }
    }
}
