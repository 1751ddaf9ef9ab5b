package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.ConfigResource.Type.BROKER;
import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A caller who wants to be forgotten, with a real broker and an assembler that keeps calls. */
class ForgetIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PBX = "east";
    /** John Smith, 4165551234, calls 101. */
    private static final String FORGOTTEN = "1795305288.0";

    /** Is recorded, too: only a file's name is written where the forgotten call's file was named. */
    private static final String OTHER = "1795305327.116";

    private static final String CALLER = "4165551234";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Producer<byte[], byte[]> producer;

    private final Topics topics = new Topics("forgetful");
    private int others;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void aNumbersCallsAreInNoStoreNoChangelogAndNoDocumentAndStayForgottenOnANewDisk() throws Exception {
        try (Assembler assembler = Assembler.start(config("first-disk"))) {
            write(topics.cel(), rows("cel", "eventtime", "event_time", FORGOTTEN));
            Awaitility.await().atMost(LIMIT).until(() -> latest(topics.calls()).containsKey(key(FORGOTTEN)));

            Ended counted = forget("--number", CALLER);
            assertThat(counted.text())
                    .contains("1 calls", "  east|" + FORGOTTEN, topics.cel(), "gone by themselves until ")
                    .contains("Nothing was changed");
            assertThat(counted.code()).isZero();
            assertThat(latest(topics.calls()).get(key(FORGOTTEN))).isNotNull();

            Ended done = forget("--number", "+1 (416) 555-1234", "--number", CALLER, "--yes", "--truncate");
            assertThat(done.text()).contains("1 of 1 calls were forgotten by the assembler.");
            assertThat(done.code()).as(done.text()).isZero();
            assertForgotten();
            assertThat(compactedTopicsWithTheCaller()).contains(topics.calls(), "forgetful-rows-changelog");
            compactWithin(1);
            Awaitility.await()
                    .atMost(LIMIT)
                    // A segment may go between its being listed and its being read
                    .ignoreException(NoSuchFileException.class)
                    .untilAsserted(() -> {
                        // What is of others closes the segments that can be compacted then, once the logs know of the
                        // limit
                        write(topics.cel(), anotherCall());
                        assertThat(compactedTopicsWithTheCaller()).isEmpty();
                    });
            Awaitility.await().atMost(LIMIT).until(() -> latest(topics.calls()).containsKey(key(OTHER)));
            assertThat(disk().holds("forgetful-packs-changelog", FORGOTTEN)).isFalse();
            assertThat(assembler.isRunning()).isTrue();
        }
        try (Assembler assembler = Assembler.start(config("new-disk"))) {
            write(topics.cdr(), rows("cdr", "calldate", "start_time", FORGOTTEN));
            Awaitility.await().atMost(LIMIT).until(() -> !letters().isEmpty());

            assertThat(letters()).allSatisfy(letter -> assertThat(letter).startsWith("forgotten: "));
            assertForgotten();
            assertThat(assembler.isRunning()).isTrue();
        }
        assertThat(forget("--call", PBX, FORGOTTEN, "--yes", "--wait", "1"))
                .as("without an assembler")
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.text()).contains("0 of 1 calls", "is it running"));
    }

    private void assertForgotten() throws Exception {
        assertThat(latest(topics.calls())).containsEntry(key(FORGOTTEN), null);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<String> changelogs = admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith("-changelog"))
                    .toList();
            assertThat(changelogs).hasSizeGreaterThan(8);
            for (String changelog : changelogs) {
                assertThat(kept(changelog)).as(changelog).noneMatch(entry -> entry.contains(CALLER));
            }
            assertThat(kept("forgetful-packs-changelog")).noneMatch(entry -> entry.contains(FORGOTTEN));
            assertThat(kept("forgetful-rows-changelog")).isEmpty();
        }
        assertThat(records(topics.cel()))
                .noneMatch(record -> record.value() != null && new String(record.value(), UTF_8).contains(CALLER));
    }

    /** Documents and changelogs that have the number on the broker's disk. */
    private List<String> compactedTopicsWithTheCaller() throws Exception {
        List<String> found = new ArrayList<>();
        for (String topic : compacted()) {
            if (disk().holds(topic, CALLER)) {
                found.add(topic);
            }
        }
        return found;
    }

    private static BrokerDisk disk() {
        return new BrokerDisk(directory.resolve("kafka"));
    }

    private List<String> compacted() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith("-changelog") || name.equals(topics.calls()))
                    .toList();
        }
    }

    /** What takes a day as the topics are made, by a cleaner that looks all the time. */
    private void compactWithin(long millis) throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        changes.put(new ConfigResource(BROKER, ""), List.of(set("log.cleaner.backoff.ms", 100)));
        for (String topic : compacted()) {
            changes.put(
                    new ConfigResource(TOPIC, topic),
                    List.of(set("max.compaction.lag.ms", millis), set("file.delete.delay.ms", millis)));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String name, long value) {
        return new AlterConfigOp(new ConfigEntry(name, Long.toString(value)), AlterConfigOp.OpType.SET);
    }

    /** What a new disk would be filled with. */
    private static List<String> kept(String changelog) {
        List<String> kept = new ArrayList<>();
        latest(changelog).forEach((key, value) -> {
            if (value != null) {
                kept.add(key + " " + value);
            }
        });
        return kept;
    }

    /** By key, and null where a tombstone is the last. */
    private static Map<String, String> latest(String topic) {
        Map<String, String> latest = new LinkedHashMap<>();
        records(topic)
                .forEach(record -> latest.put(
                        new String(record.key(), UTF_8),
                        record.value() == null ? null : new String(record.value(), UTF_8)));
        return latest;
    }

    private List<String> letters() {
        return records(topics.dlq()).stream()
                .map(record -> {
                    assertThat(record.value()).isNull();
                    Map<String, byte[]> headers = new HashMap<>();
                    record.headers().forEach(header -> headers.put(header.key(), header.value()));
                    return DeadLetter.fromHeaders(headers).reason();
                })
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            new Sweep(consumer, Set.of(topic)).read(records::add);
        }
        return records;
    }

    private static String key(String linkedid) {
        return PBX + "|" + linkedid;
    }

    private static List<Map<String, Object>> rows(String table, String localTime, String utcTime, String linkedid) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> columns : Corpus.PBX_20.rows(table)) {
            if (linkedid.equals(columns.get("linkedid"))) {
                Map<String, Object> row = new HashMap<>(columns);
                row.remove("inserted_at");
                row.put("position", row.remove("id"));
                row.putAll(Map.of("pbx", PBX, "source", "database", "origin", table + "#0"));
                row.put(utcTime, 1_795_305_288_000_000L);
                row.put(localTime, columns.get(localTime));
                rows.add(row);
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /** The one in the corpus at first, then one an hour later each time. */
    private List<Map<String, Object>> anotherCall() {
        String second = OTHER.substring(0, OTHER.indexOf('.'));
        String later = Long.toString(Long.parseLong(second) + 3600L * others++);
        List<Map<String, Object>> rows = rows("cel", "eventtime", "event_time", OTHER);
        rows.forEach(row ->
                row.replaceAll((column, value) -> value instanceof String text ? text.replace(second, later) : value));
        return rows;
    }

    private static void write(String topic, List<Map<String, Object>> rows) throws Exception {
        for (Map<String, Object> row : rows) {
            producer.send(new ProducerRecord<>(topic, PBX.getBytes(UTF_8), JSON.writeValueAsBytes(row)))
                    .get();
        }
    }

    private AssemblerConfig config(String disk) {
        return new AssemblerConfig(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "application.id",
                topics.prefix(),
                "group.instance.id",
                "one",
                "state.dir",
                directory.resolve(disk).toString(),
                AssemblerConfig.TOPIC_PREFIX,
                topics.prefix(),
                AssemblerConfig.TOPICS_CREATE,
                "true",
                AssemblerConfig.TOPICS_PARTITIONS,
                "2",
                AssemblerConfig.SHIP_COMPLETE_AFTER,
                "200"));
    }

    private record Ended(int code, String text) {}

    private static Ended forget(String... arguments) throws Exception {
        Path config = directory.resolve("assembler.properties");
        java.nio.file.Files.writeString(config, "topic.prefix=forgetful\napplication.id=forgetful\n");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--config", config.toString()));
        StringWriter out = new StringWriter();
        int code = new CommandLine(new ForgetCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
        return new Ended(code, out.toString());
    }
}
