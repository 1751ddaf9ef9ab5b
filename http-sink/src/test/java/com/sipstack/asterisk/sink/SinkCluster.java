package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a worker, in which every test has its own topic and connector. */
final class SinkCluster implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final EmbeddedBroker broker;
    private final EmbeddedWorker worker;
    private final Admin admin;
    private int pipelines;

    private SinkCluster(EmbeddedBroker broker, EmbeddedWorker worker) {
        this.broker = broker;
        this.worker = worker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    static SinkCluster start() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        EmbeddedWorker worker = EmbeddedWorker.start(broker.bootstrapServers(), 0, Map.of());
        worker.rest().awaitReady(Duration.ofSeconds(60));
        return new SinkCluster(broker, worker);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Makes a topic of one partition. */
    void createTopic(String name) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }

    /** Forgets the records before this offset, as retention does. */
    void forget(TopicPartition partition, long before) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    /** What a topic of one partition holds now. */
    List<ConsumerRecord<String, byte[]>> read(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    Pipeline pipeline(URI api) throws Exception {
        Pipeline pipeline = new Pipeline("calls-" + ++pipelines, api);
        admin.createTopics(List.of(
                        new NewTopic(pipeline.topic(), PARTITIONS, (short) 1),
                        new NewTopic(pipeline.deadLetterTopic(), 1, (short) 1)))
                .all()
                .get();
        return pipeline;
    }

    static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .collect(Collectors.toMap(Header::key, Header::value));
    }

    @Override
    public void close() {
        admin.close();
        worker.close();
        broker.close();
    }

    /** A topic of call documents, and the connector that reads it. */
    final class Pipeline {
        private final String name;
        private final URI api;
        private final ConnectRest rest = worker.rest();

        private Pipeline(String name, URI api) {
            this.name = name;
            this.api = api;
        }

        String topic() {
            return name;
        }

        /** What the worker shows of the connector's only task. */
        double metric(String name) throws JMException {
            return metric(name, "");
        }

        /** @param tags more of the MBean's name */
        double metric(String name, String tags) throws JMException {
            ObjectName bean = new ObjectName("kafka.connect:type=plugins,connector=" + topic() + ",task=0" + tags);
            return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name)).doubleValue();
        }

        String deadLetterTopic() {
            return name + ".dlq";
        }

        /** Writes so many revisions of so many calls; first all first ones, and so on. */
        void produce(int calls, int revisions) throws ExecutionException, InterruptedException {
            produce(0, calls, revisions);
        }

        /** @param from the number of the first call */
        void produce(int from, int calls, int revisions) throws ExecutionException, InterruptedException {
            List<Future<RecordMetadata>> writes = new ArrayList<>();
            try (KafkaProducer<String, byte[]> producer = producer()) {
                for (int revision = 1; revision <= revisions; revision++) {
                    for (int call = from; call < from + calls; call++) {
                        writes.add(producer.send(document("1795305379." + call, revision, revision == revisions)));
                    }
                }
            }
            for (Future<RecordMetadata> write : writes) {
                write.get();
            }
        }

        /** Writes values under one key, in order. */
        void produce(String key, List<String> values) throws ExecutionException, InterruptedException {
            List<Future<RecordMetadata>> writes = new ArrayList<>();
            try (KafkaProducer<String, byte[]> producer = producer()) {
                values.forEach(value -> writes.add(
                        producer.send(new ProducerRecord<>(name, key, value.getBytes(StandardCharsets.UTF_8)))));
            }
            for (Future<RecordMetadata> write : writes) {
                write.get();
            }
        }

        KafkaProducer<String, byte[]> producer() {
            // One batch at a time: a new partition may refuse the first and take the second, which then bars the first
            return new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            broker.bootstrapServers(),
                            "max.in.flight.requests.per.connection",
                            "1",
                            "max.request.size",
                            "8388608"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }

        /** How many workers the running tasks are spread over. */
        long workers() throws Exception {
            return StreamSupport.stream(rest.status(name).body().path("tasks").spliterator(), false)
                    .filter(task -> task.path("state").asText().equals("RUNNING"))
                    .map(task -> task.path("worker_id").asText())
                    .distinct()
                    .count();
        }

        private ProducerRecord<String, byte[]> document(String linkedid, int revision, boolean complete) {
            byte[] json = Calls.json(linkedid, revision, complete).getBytes(StandardCharsets.UTF_8);
            return new ProducerRecord<>(name, Calls.key(linkedid), json);
        }

        void startConnector(Map<String, String> settings) throws Exception {
            ConnectRest.Answer answer = rest.put(name, config(settings));
            if (!answer.isSuccess()) {
                throw new IllegalStateException(answer.body().toString());
            }
        }

        void stopConnector() throws Exception {
            rest.delete(name);
        }

        List<ConnectRest.SettingError> validate(Map<String, String> settings) throws Exception {
            return rest.validate(name, config(settings));
        }

        private Map<String, String> config(Map<String, String> settings) {
            Map<String, String> all = new HashMap<>();
            all.put("connector.class", CallSinkConnector.class.getName());
            all.put("topics", name);
            all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
            all.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
            all.put("errors.tolerance", "all");
            all.put("errors.deadletterqueue.topic.name", deadLetterTopic());
            all.put("errors.deadletterqueue.topic.replication.factor", "1");
            all.put("consumer.override.isolation.level", "read_committed");
            all.put("api.key", Calls.API_KEY);
            all.put("api.url", api.toString());
            all.put("retry.backoff.ms", "50");
            all.put("retry.backoff.max.ms", "500");
            all.putAll(settings);
            return all;
        }

        /** How many records the connector has not committed. */
        long lag() throws ExecutionException, InterruptedException {
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(name, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            long end = admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(partition -> partition.offset())
                    .sum();
            return end - committed();
        }

        /** How many tasks have partitions to read. */
        long tasksWithPartitions() throws ExecutionException, InterruptedException {
            String group = "connect-" + name;
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }

        private long committed() throws ExecutionException, InterruptedException {
            return admin
                    .listConsumerGroupOffsets("connect-" + name)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .map(Entry::getValue)
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }

        /** How many records the dead-letter topic has. */
        int letters() {
            return read(deadLetterTopic()).size();
        }

        /** The first record of the dead-letter topic. */
        ConsumerRecord<String, byte[]> awaitLetter(Duration limit) {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.assign(List.of(new TopicPartition(deadLetterTopic(), 0)));
                ConsumerRecords<String, byte[]> letters = consumer.poll(limit);
                return letters.iterator().next();
            }
        }
    }
}
