package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.dlq.LetterClients;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The console's clients: all that the assembler's are told, they are told too. Safe for any thread. */
final class ConsoleClients implements LetterClients {
    private final AssemblerConfig config;

    ConsoleClients(AssemblerConfig config) {
        this.config = config;
    }

    @Override
    public String topic() {
        return config.topics().dlq();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = new HashMap<>(config.consumerProperties());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        // What retention takes while we read is gone: go on with the next
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Under the id that {@code sipstack dlq} has: whoever comes later ends what an earlier one has not committed. */
    @Override
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(config.producerProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "sipstack-dlq-" + topic());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    @Override
    public Admin admin() {
        return Admin.create(config.clientProperties());
    }
}
