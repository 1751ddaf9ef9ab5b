package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts documents on the board as their topic tells them. */
final class Documents {
    private static final Logger log = LoggerFactory.getLogger(Documents.class);

    private final Board board;

    Documents(Board board) {
        this.board = board;
    }

    /** A record that is none of our documents is passed over: whoever may write the topic may have written it. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            CallKey key = CallKey.parse(record.key() == null ? "" : new String(record.key(), UTF_8));
            if (record.value() == null) {
                board.remove(key);
                return;
            }
            CallSummary summary = CallSummary.of(key, ConsoleJson.read(record.value()), record.timestamp());
            board.put(
                    summary,
                    new RevisionPlace(record.partition(), record.offset(), summary.revision(), record.timestamp()));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.debug("{}-{} at {} is no document", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
