package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.DatabaseSourceConnector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packed plugin in workers that carriers still run, each as it was released. */
class OlderWorkerIT {
    private static final int ROWS = 20;

    private static EmbeddedBroker broker;
    private static String pluginPath;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.startTemporary();
        pluginPath =
                PluginArchive.unpack() + "," + Path.of("target", "debezium").toAbsolutePath();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6", "3.9"})
    void theDatabaseSourceAndTheTransformationRun(String release) throws Exception {
        CapturedDatabase database = CapturedDatabase.on(CdcServers.POSTGRESQL);
        database.insert("cdr", Corpus.PBX_20.rows("cdr").subList(0, ROWS));
        createTopics(database.name());
        createTopics("direct." + database.name());
        try (WorkerProcess worker = WorkerProcess.start(release, broker.bootstrapServers(), pluginPath);
                TopicRows direct = rows("direct." + database.name() + ".cdr");
                TopicRows captured = rows(database.name() + ".cdr")) {
            assertThat(plugins(worker)).contains(DatabaseSourceConnector.class.getName(), AsteriskRow.class.getName());

            put(worker, "direct", database.direct());
            assertThat(direct.await(ROWS))
                    .allMatch(row -> row.get("source").asText().equals("database"));
            put(worker, "captured", database.recipe(broker.bootstrapServers()));
            assertThat(captured.await(ROWS))
                    .allMatch(row -> row.get("source").asText().equals("cdc"));
        }
    }

    private static TopicRows rows(String topic) {
        return new TopicRows(broker.bootstrapServers(), topic);
    }

    private static List<String> plugins(WorkerProcess worker) throws Exception {
        JsonNode plugins = worker.rest()
                .send("GET", "/connector-plugins?connectorsOnly=false", null)
                .body();
        return Stream.iterate(0, i -> i < plugins.size(), i -> i + 1)
                .map(i -> plugins.get(i).get("class").asText())
                .toList();
    }

    private static void put(WorkerProcess worker, String name, Map<String, String> settings) throws Exception {
        ConnectRest.Answer answer = worker.rest().put(name, settings);
        assertThat(answer.isSuccess()).as(answer.body().toString()).isTrue();
    }

    private static void createTopics(String prefix) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new Topics(prefix)
                    .specs().stream()
                            .map(spec -> new NewTopic(spec.name(), 1, (short) 1))
                            .toList();
            admin.createTopics(topics).all().get();
        }
    }
}
