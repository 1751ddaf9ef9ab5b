package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.DeadLetter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class OpenLettersTest {
    private static final String TOPIC = "asterisk.dlq";

    private final OpenLetters letters = new OpenLetters(2);

    @Test
    void lettersBeyondThoseThatAreHeldAreNoLongerOpenOnceTheyWereReplayed() {
        for (int offset = 0; offset < 5; offset++) {
            letters.take(letter(offset));
        }
        assertThat(letters.count()).isEqualTo(5);

        for (int offset = 0; offset < 5; offset++) {
            letters.take(mark(5 + offset, offset));
        }

        assertThat(letters.count()).isZero();
    }

    @Test
    void aSecondMarkOnALetterCountsNoOther() {
        for (int offset = 0; offset < 4; offset++) {
            letters.take(letter(offset));
        }

        letters.take(mark(4, 0));
        letters.take(mark(5, 0));
        letters.take(mark(6, 3));
        letters.take(mark(7, 3));

        assertThat(letters.count()).isEqualTo(2);
    }

    @Test
    void lettersBeyondThoseThatAreHeldGoWithTheTopicsBeginning() {
        for (int offset = 0; offset < 5; offset++) {
            letters.take(letter(offset));
        }

        letters.forgetBefore(0, 4);
        assertThat(letters.count()).isEqualTo(1);
        letters.forgetBefore(1, 100);
        assertThat(letters.count()).isEqualTo(1);
        letters.forgetBefore(0, 100);
        assertThat(letters.count()).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(TOPIC, 0, offset, null, "row".getBytes(UTF_8));
        DeadLetter.ofSource("no row", "east", "cel", offset)
                .toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> mark(long offset, long of) {
        ProducerRecord<byte[], byte[]> mark = Mark.REPLAYED.on(TOPIC, new LetterPlace(0, of));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(TOPIC, 0, offset, mark.key(), mark.value());
        mark.headers().forEach(header -> record.headers().add(header));
        return record;
    }
}
