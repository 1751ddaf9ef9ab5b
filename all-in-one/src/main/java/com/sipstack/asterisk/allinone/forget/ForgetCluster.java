package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.assembler.BrokerProbe;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/** The cluster that is to forget, by what its assembler is told: topics, converter and all that clients need. */
final class ForgetCluster {
    private static final String SERVERS = "bootstrap.servers";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The assembler's properties: bootstrap.servers, topic.prefix, value.converter, SASL and TLS settings.")
    private Path file;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The brokers; goes before the file. Default: 127.0.0.1:19092, which sipstack run starts.")
    private String bootstrapServers;

    /** @throws IllegalStateException if no broker answers */
    AssemblerConfig config() throws IOException {
        Properties properties = new Properties();
        if (file != null) {
            try (Reader in = Files.newBufferedReader(file, UTF_8)) {
                properties.load(in);
            }
        }
        Map<String, Object> settings = new HashMap<>(Map.of(SERVERS, "127.0.0.1:19092"));
        properties.forEach(
                (name, value) -> settings.put(name.toString(), value.toString().strip()));
        if (bootstrapServers != null) {
            settings.put(SERVERS, bootstrapServers);
        }
        AssemblerConfig config = new AssemblerConfig(settings);
        BrokerProbe.requireAnswer(config.clientProperties());
        return config;
    }

    static Admin admin(AssemblerConfig config) {
        return Admin.create(config.clientProperties());
    }

    static Consumer<byte[], byte[]> consumer(AssemblerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.consumerProperties());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // What retention takes while we read is gone: go on with the next
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static Producer<byte[], byte[]> producer(AssemblerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.originals());
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
