package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.DeadLetter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What was done with a letter. It is remembered beside the letter, by a record of the same partition: a topic that is deleted from its
 * beginning never forgets the mark before the letter.
 */
enum Mark {
    REPLAYED,
    DROPPED;

    private static final String KIND = DeadLetter.HEADER_PREFIX + "mark";
    private static final String LETTER = DeadLetter.HEADER_PREFIX + "marked";

    /** A mark that was read. */
    record Placed(Mark mark, LetterPlace letter) {}

    /** As people and headers have it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The record that says so of a letter. */
    ProducerRecord<byte[], byte[]> on(String topic, LetterPlace letter) {
        String text = label() + " " + letter;
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, letter.partition(), letter.toString().getBytes(UTF_8), text.getBytes(UTF_8));
        record.headers().add(KIND, label().getBytes(UTF_8));
        record.headers().add(LETTER, letter.toString().getBytes(UTF_8));
        return record;
    }

    /** The mark that a record of the topic is; empty if it is a letter. */
    static Optional<Placed> read(Map<String, byte[]> headers) {
        byte[] kind = headers.get(KIND);
        byte[] letter = headers.get(LETTER);
        if (kind == null || letter == null) {
            return Optional.empty();
        }
        Mark mark = valueOf(new String(kind, UTF_8).toUpperCase(Locale.ROOT));
        return Optional.of(new Placed(mark, LetterPlace.parse(new String(letter, UTF_8))));
    }
}
