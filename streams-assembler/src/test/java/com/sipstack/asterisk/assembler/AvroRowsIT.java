package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.PostgresServer;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Rows that a real worker writes as Avro, with a real schema registry, and the assembler reads by the same settings. */
class AvroRowsIT {
    @Test
    void rowsThatComeAsAvroAreThoseThatComeAsJson() throws Exception {
        try (PostgresServer database = PostgresServer.start();
                SchemaRegistry registry = SchemaRegistry.start();
                EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                EmbeddedWorker worker = EmbeddedWorker.start(broker.bootstrapServers(), 0, Map.of())) {
            worker.rest().awaitReady(Duration.ofSeconds(60));
            database.createTables();
            database.insert("cdr", Corpus.PBX_20.rows("cdr"));
            database.insert("cel", Corpus.PBX_20.rows("cel"));
            int rows =
                    Corpus.PBX_20.rows("cdr").size() + Corpus.PBX_20.rows("cel").size();
            put(worker, broker, database, "json", Map.of());
            put(worker, broker, database, "avro", avro(registry));

            List<Row> asJson = read(broker, "json", Map.of(), rows);
            assertThat(asJson).hasSize(rows);
            assertThat(read(broker, "avro", avro(registry), rows)).isEqualTo(asJson);
        }
    }

    /** The settings of the worker's connector, and of the assembler. */
    private static Map<String, String> avro(SchemaRegistry registry) {
        return Map.of(
                "value.converter", "io.apicurio.registry.utils.converter.AvroConverter",
                "value.converter.apicurio.registry.url", registry.api().toString(),
                "value.converter.apicurio.registry.auto-register", "true",
                "value.converter.apicurio.registry.find-latest", "true");
    }

    private static void put(
            EmbeddedWorker worker,
            EmbeddedBroker broker,
            PostgresServer database,
            String prefix,
            Map<String, String> converter)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(new Topics(prefix)
                            .specs().stream()
                                    .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        Map<String, String> settings = new HashMap<>(converter);
        settings.putAll(Map.of(
                "connector.class",
                "com.sipstack.asterisk.source.database.DatabaseSourceConnector",
                "pbxs",
                "east",
                "database.url",
                database.jdbcUrl(),
                "database.user",
                database.user(),
                "database.password",
                database.password(),
                "topic.prefix",
                prefix,
                "start.from",
                "earliest"));
        ConnectRest.Answer answer = worker.rest().put(prefix, settings);
        assertThat(answer.isSuccess()).as(answer.body().toString()).isTrue();
    }

    /** All rows, first the CDRs, then the CELs, as soon as there are as many. */
    private static List<Row> read(EmbeddedBroker broker, String prefix, Map<String, String> converter, int count) {
        Topics topics = new Topics(prefix);
        Map<String, String> settings = new HashMap<>(converter);
        settings.put("topic.prefix", prefix);
        RowReader reader = new RowReader(new AssemblerConfig(settings));
        List<Row> cdrs = new ArrayList<>();
        List<Row> cels = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topics.cdr(), 0), new TopicPartition(topics.cel(), 0)));
            consumer.seekToBeginning(consumer.assignment());
            await().pollInSameThread().atMost(Duration.ofMinutes(2)).until(() -> {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(Duration.ofMillis(200))) {
                    (row.topic().equals(topics.cdr()) ? cdrs : cels)
                            .add(reader.read(row.topic(), row.key(), row.headers(), row.value()));
                }
                return cdrs.size() + cels.size() >= count;
            });
        }
        cdrs.addAll(cels);
        return cdrs;
    }
}
