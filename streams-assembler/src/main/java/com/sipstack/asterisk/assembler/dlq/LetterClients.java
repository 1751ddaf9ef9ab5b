package com.sipstack.asterisk.assembler.dlq;

import java.io.IOException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Kafka's clients for those who read and replay letters. Every one is the caller's to close. */
public interface LetterClients {
    /** The dead-letter topic's name. */
    String topic();

    /**
     * A consumer of bytes that is in no group and commits nothing.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     * @throws IOException if the settings cannot be read
     */
    Consumer<byte[], byte[]> consumer(String isolation) throws IOException;

    /**
     * A producer whose transactions are ready; those that another one of the same topic has not committed end.
     *
     * @throws IOException if the settings cannot be read
     */
    Producer<byte[], byte[]> producer() throws IOException;

    /** @throws IOException if the settings cannot be read */
    Admin admin() throws IOException;
}
