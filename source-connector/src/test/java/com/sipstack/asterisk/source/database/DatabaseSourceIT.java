package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.model.UniqueId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a real database through a real worker into a real broker. */
class DatabaseSourceIT {
    private static TestBroker broker;
    private static EmbeddedWorker worker;
    private static ConnectRest rest;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start();
        worker = EmbeddedWorker.start(broker.bootstrapServers(), 0, Map.of());
        rest = worker.rest();
        rest.awaitReady(Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() {
        worker.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void everyRowArrivesOnceInOrderAndUnchanged(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        List<Map<String, Object>> cdrs = Corpus.PBX_20.rows("cdr");
        List<Map<String, Object>> cels = Corpus.PBX_20.rows("cel");
        database.insert("cdr", cdrs);
        database.insert("cel", cels);
        String name = "corpus-" + database.name();
        try (TopicReader cdr = topic(name, ".cdr");
                TopicReader cel = topic(name, ".cel")) {
            put(name, database.settings("start.from", "earliest"));

            assertRows(cdr.await(cdrs.size()), cdrs, "calldate", "start_time", "cdr#0");
            assertRows(cel.await(cels.size()), cels, "eventtime", "event_time", "cel#0");
            assertThat(cel.records())
                    .filteredOn(DatabaseSourceIT::isChanStart)
                    .isNotEmpty()
                    .allMatch(DatabaseSourceIT::isAtTheSecondOfItsUniqueid);
        }
        rest.delete(name);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void nothingIsLostOrRepeatedWhenTheConnectorIsStoppedForAWhile(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cel", RowsOfCalls.cel(5));
        String name = "restart-" + database.name();
        try (TopicReader gaps = topic(name, ".gaps");
                TopicReader cel = topic(name, ".cel")) {
            put(name, database.settings());
            gaps.await(2);
            whileStopped(name, () -> database.insert("cel", RowsOfCalls.cel(3)));
            assertThat(positions(cel.await(3))).containsExactly(6L, 7L, 8L);

            whileStopped(name, () -> database.insert("cel", RowsOfCalls.cel(2)));
            assertThat(positions(cel.await(5))).containsExactly(6L, 7L, 8L, 9L, 10L);
            assertThat(gaps.records()).hasSize(2);
            assertThat(gaps.records().get(0).get("from").isNull()).isTrue();
        }
        rest.delete(name);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void nothingIsLostOrRepeatedOfATableWithoutId(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", KeylessCdrs.corpus());
        int rows = KeylessCdrs.corpus().size();
        Map<String, Object> twin = KeylessCdrs.corpus().get(rows / 2);
        String name = "keyless-" + database.name();
        try (TopicReader cdr = topic(name, ".cdr")) {
            put(name, database.settings("start.from", "earliest"));
            cdr.await(rows);
            whileStopped(name, () -> database.insert("cdr", List.of(twin)));

            assertThat(cdr.await(rows + 1).get(rows).get("uniqueid").asText()).isEqualTo(twin.get("uniqueid"));
            whileStopped(
                    name,
                    () -> database.insert("cdr", List.of(KeylessCdrs.corpus().get(0))));
            assertThat(cdr.await(rows + 2)).hasSize(rows + 2);
        }
        rest.delete(name);
    }

    @Test
    void theWorkerShowsWhatIsReadAndFromWhere() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        Instant first = Instant.parse("2026-11-21T10:30:00Z");
        database.insert(
                "cel",
                LongStream.range(0, 4)
                        .mapToObj(i -> RowsOfCalls.chanStart(first.plusSeconds(i), "1"))
                        .toList());
        database.execute("SELECT nextval('cel_id_seq')");
        database.insert("cel", RowsOfCalls.cel(1));
        String name = "metrics-" + database.name();
        Map<String, String> settings = database.settings(
                "pbxs", "dead,east",
                "pbxs.dead.database.url", "jdbc:postgresql://127.0.0.1:" + FreePort.any() + "/asterisk",
                "start.from", "earliest",
                "timezone", "Europe/Berlin");
        try (TopicReader cel = topic(name, ".cel");
                TopicReader gaps = topic(name, ".gaps")) {
            put(name, settings);
            cel.await(5);
            gaps.await(1);

            await().until(() -> metric(name, "pbx=east", "healthy") == 1);
            assertThat(metric(name, "pbx=dead", "healthy")).isZero();
            String table = "pbx=east,table=cel";
            assertThat(metric(name, table, "rows-read-total")).isEqualTo(5);
            assertThat(metric(name, table, "bad-records-total")).isZero();
            assertThat(metric(name, table, "lag-seconds")).isPositive();
            assertThat(metric(name, table, "last-poll-seconds-ago")).isBetween(0.0, 60.0);
            assertThat(metric(name, table, "poll-time-ms")).isNotNegative();
            assertThat(metric(name, table, "open-gaps")).isZero();
            assertThat(metric(name, table, "expired-gaps-total")).isEqualTo(1);
            assertThat(metric(name, table, "epoch")).isZero();
            assertThat(metric(name, table, "epochs-total")).isZero();
            assertThat(metric(name, table, "timezone-offset-seconds")).isIn(3600.0, 7200.0);
            assertThat(metric(name, table, "timezone-contradicted")).isEqualTo(1);
            assertThat(metric(name, "pbx=dead,table=cel", "lag-seconds")).isNaN();
        }
        rest.delete(name);
    }

    /** Of whichever task has the PBX. */
    private static double metric(String connector, String tags, String name) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> found = beans.queryNames(
                new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",task=*," + tags), null);
        assertThat(found).hasSize(1);
        return (double) beans.getAttribute(found.iterator().next(), name);
    }

    @Test
    void aDeadPbxDoesNotHoldUpAnother() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        String name = "dead-" + database.name();
        try (TopicReader cel = topic(name, ".cel")) {
            put(
                    name,
                    database.settings(
                            "pbxs", "dead,east",
                            "pbxs.dead.database.url", "jdbc:postgresql://127.0.0.1:" + FreePort.any() + "/asterisk",
                            "start.from", "earliest"));
            database.insert("cel", RowsOfCalls.cel(4));

            assertThat(cel.await(4)).allMatch(row -> row.get("pbx").asText().equals("east"));
        }
        rest.delete(name);
    }

    @Test
    void aRefusedPasswordShowsNowhereInTheAnswer() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        Map<String, String> settings =
                connector("refused", database.settings("pbxs.east.database.password", "Geheim-4711"));

        assertThat(rest.validate("refused", settings))
                .extracting(ConnectRest.SettingError::setting)
                .containsExactly("pbxs.east.database.password");
        ConnectRest.Answer answer = rest.put("refused", settings);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString())
                .contains("pbxs.east.database.password")
                .doesNotContain("Geheim-4711");
    }

    @Test
    void offsetsCanBeWrittenByAPerson() throws Exception {
        TestDatabase database = TestServers.POSTGRESQL.newDatabase();
        database.insert("cel", RowsOfCalls.cel(9));
        String name = "offsets-" + database.name();
        try (TopicReader cel = topic(name, ".cel")) {
            put(name, database.settings("start.from", "earliest"));
            cel.await(9);
            whileStopped(name, () -> setOffset(name, 7));

            assertThat(positions(cel.await(11)).subList(9, 11)).containsExactly(8L, 9L);
        }
        rest.delete(name);
    }

    private interface Deed {
        void run() throws Exception;
    }

    private static void whileStopped(String connector, Deed deed) throws Exception {
        assertThat(rest.send("PUT", "/connectors/" + connector + "/stop", null).isSuccess())
                .isTrue();
        awaitState(connector, "STOPPED");
        deed.run();
        assertThat(rest.send("PUT", "/connectors/" + connector + "/resume", null)
                        .isSuccess())
                .isTrue();
        awaitState(connector, "RUNNING");
    }

    private static void awaitState(String connector, String state) {
        await().until(() -> {
            JsonNode status = rest.status(connector).body();
            return status.at("/connector/state").asText().equals(state)
                    && (state.equals("RUNNING") || status.get("tasks").isEmpty());
        });
    }

    private static void setOffset(String connector, long id) throws Exception {
        Map<String, Object> partition = new DatabaseSourcePartition("east", "cel").toMap();
        Map<String, Object> offset =
                DatabaseSourceOffset.startingAfter(id, Instant.now()).toMap();
        Map<String, Object> body = Map.of("offsets", List.of(Map.of("partition", partition, "offset", offset)));
        ConnectRest.Answer answer = rest.send("PATCH", "/connectors/" + connector + "/offsets", body);
        assertThat(answer.isSuccess()).as(answer.body().toString()).isTrue();
    }

    private static TopicReader topic(String prefix, String suffix) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            if (!admin.listTopics().names().get().contains(prefix + suffix)) {
                admin.createTopics(new Topics(prefix)
                                .specs().stream()
                                        .map(spec -> new NewTopic(spec.name(), 1, (short) 1))
                                        .toList())
                        .all()
                        .get();
            }
        }
        return new TopicReader(broker.bootstrapServers(), prefix + suffix);
    }

    private static void put(String name, Map<String, String> settings) throws Exception {
        ConnectRest.Answer answer = rest.put(name, connector(name, settings));
        assertThat(answer.isSuccess()).as(answer.body().toString()).isTrue();
    }

    private static Map<String, String> connector(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connector.class", DatabaseSourceConnector.class.getName());
        all.put("tasks.max", "2");
        all.put("topic.prefix", name);
        return all;
    }

    private static void assertRows(
            List<JsonNode> actual, List<Map<String, Object>> written, String time, String utc, String origin) {
        assertThat(positions(actual))
                .isEqualTo(LongStream.rangeClosed(1, written.size()).boxed().toList());
        for (int i = 0; i < written.size(); i++) {
            JsonNode row = actual.get(i);
            Map<String, Object> columns = new HashMap<>(written.get(i));
            columns.keySet().removeAll(List.of("id", "inserted_at"));
            columns.forEach(
                    (name, value) -> assertThat(row.get(name).asText()).as(name).isEqualTo(value.toString()));
            assertThat(row.get(utc).asLong()).isEqualTo(utcMicros((String) columns.get(time)));
            assertThat(row.get("origin").asText()).isEqualTo(origin);
            assertThat(row.get("source").asText()).isEqualTo("database");
            assertThat(row.get("custom").isNull()).isTrue();
        }
    }

    private static long utcMicros(String local) {
        Instant instant =
                LocalDateTime.parse(local.replace(' ', 'T')).atZone(Corpus.ZONE).toInstant();
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static boolean isChanStart(JsonNode row) {
        return row.get("eventtype").asText().equals("CHAN_START");
    }

    private static boolean isAtTheSecondOfItsUniqueid(JsonNode row) {
        long second = row.get("event_time").asLong() / 1_000_000;
        long made = UniqueId.parse(row.get("uniqueid").asText()).orElseThrow().epochSecond();
        return Math.abs(second - made) <= 1;
    }

    private static List<Long> positions(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("position").asLong()).toList();
    }
}
