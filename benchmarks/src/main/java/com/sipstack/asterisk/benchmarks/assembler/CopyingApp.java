package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Puts each row into a store under a key of its own, and sends it on as it is. */
public final class CopyingApp {
    private static final String STORE = "copies";

    private CopyingApp() {}

    /** Copies until it is killed or gives up. Arguments: the topics' prefix, and a file of Kafka Streams' settings. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(args[1]), StandardCharsets.UTF_8)) {
            settings.load(in);
        }
        CountDownLatch failed = new CountDownLatch(1);
        try (KafkaStreams app = new KafkaStreams(topology(new Topics(args[0])), settings)) {
            app.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.ERROR) {
                    failed.countDown();
                }
            });
            app.start();
            failed.await();
        }
        System.exit(1);
    }

    private static Topology topology(Topics topics) {
        return new Topology()
                .addSource("rows", new StringDeserializer(), new ByteArrayDeserializer(), topics.cdr(), topics.cel())
                .addProcessor("copy", Copy::new, "rows")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray()),
                        "copy")
                .addSink("copies-topic", topics.calls(), new StringSerializer(), new ByteArraySerializer(), "copy");
    }

    private static final class Copy implements Processor<String, byte[], String, byte[]> {
        private ProcessorContext<String, byte[]> context;
        private KeyValueStore<String, byte[]> copies;

        @Override
        public void init(ProcessorContext<String, byte[]> taskContext) {
            context = taskContext;
            copies = taskContext.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            long offset = context.recordMetadata().orElseThrow().offset();
            String topic = context.recordMetadata().orElseThrow().topic();
            copies.put(record.key() + '/' + topic + '/' + offset, record.value());
            context.forward(record);
        }
    }
}
