package com.sipstack.asterisk.assembler.dlq;

import com.sipstack.asterisk.assembler.BrokerProbe;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

/** The cluster that a command speaks to. Every property of the file goes to every client. */
final class Cluster implements LetterClients {
    /** Of consumers in groups, which ours are not. */
    private static final List<String> OF_GROUPS = List.of("group.id", "group.instance.id", "group.protocol");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties of the Kafka clients: bootstrap.servers, and SASL and TLS settings.")
    private Path config;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The brokers; goes before the file. Default: 127.0.0.1:19092, which sipstack run starts.")
    private String bootstrapServers;

    @Option(
            names = "--dlq-topic",
            paramLabel = "TOPIC",
            defaultValue = "asterisk.dlq",
            description = "The dead-letter topic. Default: ${DEFAULT-VALUE}")
    private String topic;

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String isolation) throws IOException {
        Map<String, Object> settings = settings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A letter that retention takes while we read is gone: go on with the next
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** One for all commands of a topic: whoever comes later ends what an earlier one has not committed. */
    @Override
    public Producer<byte[], byte[]> producer() throws IOException {
        Map<String, Object> settings = settings();
        settings.putIfAbsent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "sipstack-dlq-" + topic);
        // The topics have room for letters and documents of that size
        settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.LARGEST_DOCUMENT));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    @Override
    public Admin admin() throws IOException {
        return Admin.create(settings());
    }

    private Map<String, Object> settings() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", "127.0.0.1:19092");
        file().forEach((name, value) ->
                settings.put(name.toString(), value.toString().strip()));
        OF_GROUPS.forEach(settings::remove);
        if (bootstrapServers != null) {
            settings.put("bootstrap.servers", bootstrapServers);
        }
        BrokerProbe.requireAnswer(settings);
        return settings;
    }

    private Properties file() throws IOException {
        Properties properties = new Properties();
        if (config != null) {
            try (Reader in = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
                properties.load(in);
            }
        }
        return properties;
    }
}
