package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes letters of records that Kafka Streams cannot deserialise, process or produce, so that the rest goes on. What is no record's
 * fault, a broker's or a store's, ends the thread: its next one reads the record again. Kafka Streams makes one for each thread.
 */
public final class FaultLetters
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
    /** The setting under which Kafka Streams hands over the process's metrics. */
    static final String METRICS = "sipstack.metrics";

    private static final Logger log = LoggerFactory.getLogger(FaultLetters.class);
    private static final int LARGEST_VALUE = 512 * 1024;

    private String topic;
    private AssemblerMetrics metrics;

    @Override
    public void configure(Map<String, ?> configs) {
        topic = configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG)
                .toString();
        metrics = configs.get(METRICS) instanceof AssemblerMetrics given ? given : new AssemblerMetrics();
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception fault) {
        return DeserializationExceptionHandler.Response.resume(
                List.of(letter("cannot be deserialised", fault, context, record.key(), record.value())));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception fault) {
        // Without a source record it was the clock that called: no row is to blame
        boolean isOfRow = context.sourceRawValue() != null && !UnreadableStateException.isCauseOf(fault);
        if (fault instanceof KafkaException || !isOfRow) {
            return ProcessingExceptionHandler.Response.fail();
        }
        log.error(
                "The record {}-{}@{} cannot be processed; it goes to the dead letters",
                context.topic(),
                context.partition(),
                context.offset(),
                fault);
        return ProcessingExceptionHandler.Response.resume(List.of(
                letter("cannot be processed", fault, context, context.sourceRawKey(), context.sourceRawValue())));
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception fault) {
        if (!(fault instanceof RecordTooLargeException) || record.topic().equals(topic)) {
            return ProductionExceptionHandler.Response.fail();
        }
        log.error("A record for {} is too large; it goes to the dead letters", record.topic(), fault);
        return ProductionExceptionHandler.Response.resume(List.of(
                letter("cannot be written to " + record.topic(), fault, context, record.key(), record.value())));
    }

    private ProducerRecord<byte[], byte[]> letter(
            String what, Exception fault, ErrorHandlerContext context, byte[] key, byte[] value) {
        metrics.letter();
        DeadLetter letter = DeadLetter.ofRecord(
                Letters.STAGE, what + ": " + fault, pbx(key), context.topic(), context.partition(), context.offset());
        int surplus = value == null ? 0 : value.length - LARGEST_VALUE;
        byte[] kept = surplus > 0 ? SizeGuard.cut(value, surplus) : value;
        return new ProducerRecord<>(topic, null, null, key, kept, Letters.headers(letter));
    }

    /** A row's key is its PBX's name, a document's begins with it. */
    private static String pbx(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8).split("\\|", 2)[0];
    }
}
