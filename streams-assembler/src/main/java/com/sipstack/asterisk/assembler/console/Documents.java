package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts documents on the board as their topic tells them. */
final class Documents {
    private final Board board;

    Documents(Board board) {
        this.board = board;
    }

    /**
     * Takes over a document, or that a call was erased.
     *
     * @throws IllegalArgumentException if the key is none of a call
     * @throws UncheckedIOException if the value is no JSON
     */
    void take(ConsumerRecord<byte[], byte[]> record) {
        CallKey key = CallKey.parse(record.key() == null ? "" : new String(record.key(), UTF_8));
        if (record.value() == null) {
            board.remove(key);
            return;
        }
        CallSummary summary = CallSummary.of(key, ConsoleJson.read(record.value()), record.timestamp());
        board.put(
                summary,
                new RevisionPlace(record.partition(), record.offset(), summary.revision(), record.timestamp()));
    }
}
