package com.sipstack.asterisk.benchmarks.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes calls, and knows when an app has read them. The app's group has the name of the topics' prefix. */
public final class Play implements AutoCloseable {
    private final CallTraffic traffic = new CallTraffic();
    private final Topics topics;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    /** One for each partition. */
    private final List<String> pbxs;

    private int next;

    public Play(EmbeddedBroker broker, Topics topics, int partitions) {
        this.topics = topics;
        this.pbxs = IntStream.range(0, partitions)
                .mapToObj(partition -> pbxIn(partition, partitions))
                .toList();
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

    private static String pbxIn(int partition, int partitions) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> "pbx-" + number)
                .filter(pbx -> BuiltInPartitioner.partitionForKey(bytes(pbx), partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the rows of several calls, of one PBX after the other. Returns how many rows they have. */
    long calls(int number) throws JsonProcessingException, InterruptedException, ExecutionException {
        List<String> inTurn = new ArrayList<>();
        for (int call = 0; call < number; call++) {
            inTurn.add(pbxs.get(next++ % pbxs.size()));
        }
        return calls(inTurn);
    }

    /** Writes the rows of several calls of the PBX whose rows a partition has. Returns how many rows they have. */
    long calls(int number, int partition) throws JsonProcessingException, InterruptedException, ExecutionException {
        return calls(Collections.nCopies(number, pbxs.get(partition)));
    }

    /** A call of each. */
    private long calls(List<String> pbxs) throws JsonProcessingException, InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String pbx : pbxs) {
            for (CallTraffic.WrittenRow row : traffic.nextCall(pbx)) {
                String topic = row.isCdr() ? topics.cdr() : topics.cel();
                sent.add(producer.send(new ProducerRecord<>(topic, bytes(pbx), bytes(row.json()))));
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        return sent.size();
    }

    /** How many calls have been written so far. */
    long linkedids() {
        return traffic.linkedids();
    }

    /** Waits until the app's group has committed all that is written. */
    public void awaitRead(StreamsProcess... apps) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = ends();
        while (!hasRead(ends)) {
            for (StreamsProcess app : apps) {
                app.requireAlive();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < pbxs.size(); partition++) {
            latest.put(new TopicPartition(topics.cdr(), partition), OffsetSpec.latest());
            latest.put(new TopicPartition(topics.cel(), partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
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
