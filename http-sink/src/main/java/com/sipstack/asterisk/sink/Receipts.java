package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what became of recordings. Safe for any thread, none of which ever waits for Kafka. */
final class Receipts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final long PAUSE_SECONDS = 1;
    private static final int BUFFER = 4 * 1024 * 1024;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final Clock clock;
    private final ScheduledExecutorService writer = Alarm.timer("sipstack-recording-sink-receipts");
    private final FaultCounter faults = new FaultCounter();
    private volatile Exception fault;

    Receipts(KafkaConfig config, Clock clock) {
        Map<String, Object> settings = config.with(Map.of(
                "acks", "all",
                "enable.idempotence", "true",
                "buffer.memory", BUFFER));
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.topic = config.receipts();
        this.clock = clock;
    }

    /**
     * The API has it.
     *
     * @param written called once the receipt is safe, on any thread
     */
    void accepted(ReadyRecording ready, int status, String sha256, Runnable written) {
        write(receipt(ready, Outcome.ACCEPTED, status, sha256), written);
    }

    /** It lies in the dead-letter topic. */
    void givenUp(ReadyRecording ready, Integer status, Runnable written) {
        write(receipt(ready, Outcome.GIVEN_UP, status, null), written);
    }

    /** @throws ConnectException if receipts cannot be written, and trying again does not help */
    void check() {
        if (fault != null) {
            throw new ConnectException("Receipts cannot be written to " + topic, fault);
        }
    }

    private RecordingReceipt receipt(ReadyRecording ready, Outcome outcome, Integer status, String sha256) {
        return new RecordingReceipt(
                ready.pbx(),
                ready.file().provenance().origin(),
                ready.file().provenance().position(),
                ready.file().fileName(),
                ready.fields().get("linkedid") instanceof String linkedid ? linkedid : null,
                outcome,
                status,
                sha256,
                ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    private void write(RecordingReceipt receipt, Runnable written) {
        later(() -> writer.execute(() -> send(receipt, written)));
    }

    private static void later(Runnable writing) {
        try {
            writing.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("A receipt comes after the end: the recording will be uploaded again", e);
        }
    }

    private void send(RecordingReceipt receipt, Runnable written) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, receipt.pbx(), receipt.toJson());
        try {
            Future<RecordMetadata> unused =
                    producer.send(record, (metadata, failure) -> sent(receipt, written, failure));
        } catch (KafkaException | IllegalStateException e) {
            failed(receipt, written, e);
        }
    }

    private void sent(RecordingReceipt receipt, Runnable written, Exception failure) {
        if (failure == null) {
            written.run();
        } else {
            failed(receipt, written, failure);
        }
    }

    private synchronized void failed(RecordingReceipt receipt, Runnable written, Exception failure) {
        if (!(failure instanceof RetriableException)) {
            fault = failure;
            return;
        }
        faults.count(clock.instant())
                .ifPresent(count -> LOG.error(
                        "Receipts cannot be written to {} ({}; failed attempts: {})",
                        topic,
                        failure.toString(),
                        count));
        later(() -> {
            ScheduledFuture<?> unused = writer.schedule(() -> send(receipt, written), PAUSE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Override
    public void close() {
        writer.shutdownNow();
        producer.close(CLOSE);
    }
}
