package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real Debezium, set up by the recipes in {@code manifests/}, on real servers, in a real worker. */
class DebeziumIT {
    private static EmbeddedBroker broker;
    private static EmbeddedWorker worker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.startTemporary();
        startWorker();
    }

    @AfterAll
    static void stop() {
        worker.close();
        broker.close();
    }

    @AfterEach
    void deleteConnectors() throws Exception {
        for (JsonNode name : worker.rest().send("GET", "/connectors", null).body()) {
            worker.rest().delete(name.asText());
        }
    }

    @ParameterizedTest
    @EnumSource(CdcServers.class)
    void everyRowIsWhatTheDatabaseSourceMakesOfIt(CdcServers server) throws Exception {
        CapturedDatabase database = database(server);
        List<Map<String, Object>> cdrs = Corpus.PBX_20.rows("cdr");
        List<Map<String, Object>> cels = Corpus.PBX_20.rows("cel");
        database.insert("cdr", cdrs.subList(0, 100));
        database.insert("cel", cels.subList(0, 800));
        try (TopicRows cdr = rows(database.name() + ".cdr");
                TopicRows cel = rows(database.name() + ".cel")) {
            put(database.name(), database.recipe(broker.bootstrapServers()));
            cdr.await(100);
            cel.await(800);
            database.insert("cdr", cdrs.subList(100, cdrs.size()));
            database.insert("cel", cels.subList(800, cels.size()));

            assertEqualToDirect(database, cdr.await(cdrs.size()), cel.await(cels.size()));
            assertUpdatesAreToldAndDeletionsAreNot(database, cdr, cdrs);
        }
    }

    @ParameterizedTest
    @EnumSource(CdcServers.class)
    void rowsWithoutTheirEnvelopeAreTheSame(CdcServers server) throws Exception {
        CapturedDatabase database = database(server);
        List<Map<String, Object>> cdrs = Corpus.PBX_22_PJSIP.rows("cdr");
        List<Map<String, Object>> cels = Corpus.PBX_22_PJSIP.rows("cel");
        database.insert("cdr", cdrs);
        Map<String, String> settings = database.recipe(broker.bootstrapServers());
        settings.put("transforms", "unwrap,rows");
        settings.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        settings.put("transforms.unwrap.add.fields", "op,table");
        settings.put("transforms.rows.timezone", "auto");
        settings.put("time.precision.mode", "isostring");
        settings.put("tombstones.on.delete", "true");
        settings.put("heartbeat.interval.ms", "500");
        try (TopicRows cdr = rows(database.name() + ".cdr");
                TopicRows cel = rows(database.name() + ".cel")) {
            put(database.name(), settings);
            cdr.await(cdrs.size());
            database.insert("cel", cels);

            assertEqualToDirect(database, cdr.await(cdrs.size()), cel.await(cels.size()));
            assertUpdatesAreToldAndDeletionsAreNot(database, cdr, cdrs);
        }
        await().untilAsserted(() -> assertThat(topicsOfDebezium(database.name()))
                .containsExactly("__debezium-heartbeat." + database.name()));
    }

    @ParameterizedTest
    @EnumSource(CdcServers.class)
    void nothingIsLostWhenTheWorkerIsStartedAgainInTheMiddle(CdcServers server) throws Exception {
        CapturedDatabase database = database(server);
        List<Map<String, Object>> cels = Corpus.PBX_20.rows("cel");
        try (TopicRows cel = rows(database.name() + ".cel")) {
            put(database.name(), database.recipe(broker.bootstrapServers()));
            database.insert("cel", cels.subList(0, 600));
            cel.awaitUntil(rows -> !rows.isEmpty());
            worker.close();
            database.insert("cel", cels.subList(600, 1200));
            startWorker();
            database.insert("cel", cels.subList(1200, cels.size()));

            List<Long> all = LongStream.rangeClosed(1, cels.size()).boxed().toList();
            cel.awaitUntil(rows ->
                    positions(rows).stream().distinct().sorted().toList().equals(all));
        }
    }

    @Test
    void theRecipeForMySqlFailsForWantOfAServerOnly() throws Exception {
        Map<String, String> settings = CapturedDatabase.settings("mysql");
        settings.put("database.hostname", "127.0.0.1");
        settings.put("database.port", "1");
        settings.put("database.password", "change me");

        assertThat(worker.rest().validate("mysql", settings))
                .extracting(ConnectRest.SettingError::setting)
                .containsExactly("database.hostname");
    }

    private static void startWorker() throws Exception {
        worker = EmbeddedWorker.start(
                broker.bootstrapServers(),
                0,
                Map.of(
                        "plugin.path",
                        Path.of("target", "debezium").toAbsolutePath().toString()));
        worker.rest().awaitReady(Duration.ofSeconds(60));
    }

    private static CapturedDatabase database(CdcServers server) throws Exception {
        CapturedDatabase database = CapturedDatabase.on(server);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String prefix : List.of(database.name(), "direct." + database.name())) {
                new Topics(prefix).specs().forEach(spec -> topics.add(new NewTopic(spec.name(), 1, (short) 1)));
            }
            admin.createTopics(topics).all().get();
        }
        return database;
    }

    /** Those with our own rows aside, and the history of the schema. */
    private static List<String> topicsOfDebezium(String server) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.contains(server) && !topic.startsWith("schema-history."))
                    .filter(topic -> !topic.startsWith("direct.") && !isOurs(topic, server))
                    .toList();
        }
    }

    private static boolean isOurs(String topic, String prefix) {
        return new Topics(prefix).specs().stream().anyMatch(spec -> spec.name().equals(topic));
    }

    private static TopicRows rows(String topic) {
        return new TopicRows(broker.bootstrapServers(), topic);
    }

    private static void put(String name, Map<String, String> settings) throws Exception {
        ConnectRest.Answer answer = worker.rest().put(name, settings);
        assertThat(answer.isSuccess()).as(answer.body().toString()).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> isRunning(name));
    }

    private static boolean isRunning(String name) throws Exception {
        JsonNode task = worker.rest().status(name).body().at("/tasks/0");
        assertThat(task.path("trace").asText()).isEmpty();
        return task.path("state").asText().equals("RUNNING");
    }

    /** Field by field, and in the same order. */
    private static void assertEqualToDirect(CapturedDatabase database, List<ObjectNode> cdrs, List<ObjectNode> cels)
            throws Exception {
        String name = "direct." + database.name();
        try (TopicRows cdr = rows(name + ".cdr");
                TopicRows cel = rows(name + ".cel")) {
            put(name, database.direct());
            assertEqualRows(cdrs, cdr.await(cdrs.size()));
            assertEqualRows(cels, cel.await(cels.size()));
        }
    }

    private static void assertEqualRows(List<ObjectNode> captured, List<ObjectNode> direct) {
        for (int i = 0; i < direct.size(); i++) {
            ObjectNode row = captured.get(i).deepCopy();
            assertThat(row.replace("source", direct.get(i).get("source")).asText())
                    .isEqualTo("cdc");
            assertThat(row).isEqualTo(direct.get(i));
        }
    }

    private static void assertUpdatesAreToldAndDeletionsAreNot(
            CapturedDatabase database, TopicRows cdr, List<Map<String, Object>> cdrs) throws Exception {
        database.execute("UPDATE cdr SET userfield = 'checked' WHERE id = 2", "DELETE FROM cdr WHERE id < 10");
        database.insert("cdr", cdrs.subList(0, 1));

        List<ObjectNode> rows = cdr.await(cdrs.size() + 2);
        ObjectNode updated = rows.get(cdrs.size());
        ObjectNode before = rows.get(1).deepCopy();
        assertThat(updated).isEqualTo(before.put("userfield", "checked"));
        assertThat(positions(rows).get(cdrs.size() + 1)).isEqualTo(cdrs.size() + 1);
    }

    private static List<Long> positions(List<ObjectNode> rows) {
        return rows.stream().map(row -> row.get("position").asLong()).toList();
    }
}
