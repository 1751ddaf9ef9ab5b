package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.util.Optional;

/** The documents that were written. Belongs to its task's thread. */
interface DocumentArchive extends AutoCloseable {
    /**
     * Reads a call's last document back.
     *
     * @param timestamp of its record
     * @return its JSON; empty if it is not there any more
     * @throws org.apache.kafka.common.KafkaException if the documents cannot be read now
     */
    Optional<byte[]> find(CallKey call, long timestamp);

    @Override
    void close();
}
