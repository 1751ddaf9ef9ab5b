package com.sipstack.asterisk.benchmarks.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes calls, and knows when an app has read them. The app's group has the name of the topics' prefix. */
public final class Play implements AutoCloseable {
    private static final byte[] KEY = CallTraffic.PBX.getBytes(StandardCharsets.UTF_8);

    private final CallTraffic traffic = new CallTraffic();
    private final Topics topics;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    public Play(EmbeddedBroker broker, Topics topics) {
        this.topics = topics;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "linger.ms",
                        20,
                        "compression.type",
                        "lz4",
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes the rows of several calls. Returns how many rows they have. */
    long calls(int number) throws JsonProcessingException, InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int call = 0; call < number; call++) {
            for (CallTraffic.WrittenRow row : traffic.nextCall()) {
                String topic = row.isCdr() ? topics.cdr() : topics.cel();
                byte[] json = row.json().getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topic, KEY, json)));
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        return sent.size();
    }

    /** Waits until the app's group has committed all that is written. */
    public void awaitRead(StreamsProcess app) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = ends();
        while (!hasRead(ends)) {
            app.requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String topic : new String[] {topics.cdr(), topics.cel()}) {
            TopicPartition partition = new TopicPartition(topic, 0);
            ends.put(
                    partition,
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset());
        }
        return ends;
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(topics.prefix())
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .allMatch(end ->
                        read.get(end.getKey()) != null && read.get(end.getKey()).offset() >= end.getValue());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
