package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.DeadLetter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record of the dead-letter topic, whoever wrote it. */
public final class StoredLetter {
    private static final String UNKNOWN = "unknown";

    private final ConsumerRecord<byte[], byte[]> record;
    private final Map<String, byte[]> headers;
    private final DeadLetter envelope;

    public StoredLetter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
        this.headers = headers(record);
        this.envelope = DeadLetter.fromHeaders(headers);
    }

    /** A record's headers; of several with one name the last. */
    static Map<String, byte[]> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        return headers;
    }

    public LetterPlace place() {
        return new LetterPlace(record.partition(), record.offset());
    }

    /** The record's own time. */
    public Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Null if it has none. */
    public byte[] key() {
        return record.key();
    }

    /** What could not be handled, as it came; null if there is nothing. */
    public byte[] value() {
        return record.value();
    }

    public Map<String, byte[]> headers() {
        return headers;
    }

    /** Why it is here; of a record that is none of our letters all parts are null. */
    public DeadLetter envelope() {
        return envelope;
    }

    public String stage() {
        return envelope.stage() == null ? UNKNOWN : envelope.stage();
    }

    public String pbx() {
        return envelope.pbx() == null ? UNKNOWN : envelope.pbx();
    }

    public String reason() {
        return envelope.reason() == null ? "no reason given" : envelope.reason();
    }

    /** The record's key as text; empty if it has none. */
    public String keyText() {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }
}
