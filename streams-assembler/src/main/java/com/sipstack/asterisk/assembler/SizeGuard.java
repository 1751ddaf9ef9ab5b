package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps back what the topic would not take. A producer that is refused within a transaction loses all of it, and would be refused
 * again by the next attempt, for ever.
 */
final class SizeGuard {
    /** What a record takes beside its key, value and headers; Kafka's own estimate is smaller. */
    private static final int OVERHEAD = 1024;

    private SizeGuard() {}

    /** Passes documents on, and makes a letter of one that is too large; its call's rows are kept. */
    static final class Documents extends ContextualProcessor<String, byte[], String, byte[]> {
        private final int limit;

        Documents(int limit) {
            this.limit = limit;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            int size = size(record);
            if (size <= limit) {
                context().forward(record, AssemblerTopology.DOCUMENTS_TOPIC);
                return;
            }
            CallKey call = CallKey.parse(record.key());
            String reason = "too-large: the document of the call " + call.linkedid() + " takes " + size + " bytes, "
                    + limit + " are allowed";
            DeadLetter letter = new DeadLetter(Letters.STAGE, reason, call.pbx(), null, null, null, null, null);
            context()
                    .forward(
                            new Record<>(call.pbx(), record.value(), record.timestamp(), Letters.headers(letter)),
                            AssemblerTopology.DEAD_LETTERS);
        }
    }

    /** Counts letters and passes them on; of a value that is too large, as much as there is room for. */
    static final class DeadLetters extends ContextualProcessor<String, byte[], String, byte[]> {
        private final int limit;
        private final AssemblerMetrics metrics;

        DeadLetters(int limit, AssemblerMetrics metrics) {
            this.limit = limit;
            this.metrics = metrics;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            metrics.letter();
            int surplus = size(record) - limit;
            context()
                    .forward(
                            surplus <= 0 ? record : record.withValue(cut(record.value(), surplus)),
                            AssemblerTopology.DEAD_LETTERS_TOPIC);
        }
    }

    /** The beginning of a value, shorter by so much. */
    static byte[] cut(byte[] value, int surplus) {
        return Arrays.copyOf(value, Math.max(0, value.length - surplus));
    }

    private static int size(Record<String, byte[]> record) {
        int size = OVERHEAD;
        size += record.key() == null ? 0 : record.key().getBytes(StandardCharsets.UTF_8).length;
        size += record.value() == null ? 0 : record.value().length;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
