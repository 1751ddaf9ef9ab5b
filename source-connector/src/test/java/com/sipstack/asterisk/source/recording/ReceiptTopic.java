package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other end: says of recordings what became of them. */
final class ReceiptTopic implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;

    private ReceiptTopic(String topic, KafkaProducer<String, byte[]> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    static ReceiptTopic create(EmbeddedBroker broker, String prefix) throws Exception {
        String topic = prefix + ".recordings.acks";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        }
        return new ReceiptTopic(
                topic,
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer()));
    }

    void write(RecordingFile file, FileVersion version, Outcome outcome, String sha256) throws Exception {
        RecordingReceipt receipt = new RecordingReceipt(
                "east", file.origin(), version.modified(), file.name(), null, outcome, 200, sha256, 1_000);
        producer.send(new ProducerRecord<>(topic, "east", receipt.toJson())).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
