package com.sipstack.asterisk.source.recording;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;

/** Who is to be told when Kafka has a record. Thread-safe. */
final class AwaitedRecords {
    /** By identity: Connect gives back the record that it was given, and comparing chunks would be slow. */
    private final Map<SourceRecord, Consumer<Optional<RecordMetadata>>> awaited =
            Collections.synchronizedMap(new IdentityHashMap<>());

    /** @param then told where the record lies; empty if it was dropped on the way. Must not wait: it runs on the producer's thread */
    void add(SourceRecord record, Consumer<Optional<RecordMetadata>> then) {
        awaited.put(record, then);
    }

    void forget(SourceRecord record) {
        awaited.remove(record);
    }

    /** @param metadata null if the record was dropped on the way */
    void acknowledged(SourceRecord record, RecordMetadata metadata) {
        Consumer<Optional<RecordMetadata>> then = awaited.remove(record);
        if (then != null) {
            then.accept(Optional.ofNullable(metadata));
        }
    }
}
