package com.sipstack.asterisk.allinone.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.allinone.topics.TopicsCommand;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code sipstack migrate} writes, taken by a worker with the packed plugins. */
class MigrateIT {
    private static final Path PLUGINS = Path.of("target/sipstack/plugins").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TABLES = List.of("cel", "cdr");
    /** When the old connector stopped, in the middle of a call. */
    private static final Instant STOP = Instant.parse("2026-11-22T00:04:05Z");

    private static final String WENT_ON = "1795305840.2553";
    private static final String LONG_BEFORE = "1795305288.0";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedWorker worker;

    @BeforeAll
    static void startWorker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        worker = EmbeddedWorker.start(
                broker.bootstrapServers(),
                0,
                Map.of(
                        "plugin.path", PLUGINS.toString(),
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"));
        worker.rest().awaitReady(Duration.ofMinutes(2));
    }

    @AfterAll
    static void stopWorker() {
        worker.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ami-example", "ami-all", "database-example", "database-all"})
    void aWorkerTakesEachConnectorAsItIsWritten(String name) throws Exception {
        Path out = directory.resolve(name);
        Ended migrate = migrate(name, out, "--with-secrets");

        assertThat(migrate.code()).as(migrate.text()).isZero();
        Map<String, Map<String, String>> connectors = connectors(out);
        assertThat(connectors).containsKeys("sipstack-calls", "sipstack-recordings", "asterisk-recordings");
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            assertThat(worker.rest().validate(connector.getKey(), connector.getValue()))
                    .as(connector.getKey())
                    .isEmpty();
        }
        assertThat(new AssemblerConfig(assembler(out)).topics().prefix()).isEqualTo("asterisk");
    }

    @Test
    void secretsAreTheOwnersAlone() throws Exception {
        Path out = directory.resolve("secrets");
        Ended migrate = migrate("database-example", out, "--with-secrets");

        Path secrets = out.resolve("secrets.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(secrets)).contains("database.password=your_db_password");
        assertThat(migrate.text()).doesNotContain("your_db_password").doesNotContain("sk_xxxx");
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        Path out = Files.createDirectory(directory.resolve("taken"));
        Files.writeString(out.resolve("assembler.properties"), "mine");

        Ended migrate = migrate("database-example", out);

        assertThat(migrate.code()).isEqualTo(2);
        assertThat(migrate.text()).contains("is there already");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).containsExactly(out.resolve("assembler.properties"));
        }
    }

    @Test
    void noCallOfTheSwitchOverIsLostAndNoHistoryIsRead() throws Exception {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        StartTest.database(volume.resolve("tracker.db"), STOP);
        Path out = directory.resolve("switch-over");
        try (MariaDbServer database = MariaDbServer.start()) {
            database.createTables();
            for (String table : TABLES) {
                database.insert(table, Corpus.PBX_20.rows(table));
            }
            Ended migrate =
                    migrate(env(database), out, "--with-secrets", "--tracker-db=" + volume, "--longest-call=PT1M");
            assertThat(migrate.text())
                    .contains("Start: rows from 2026-11-22T00:03:05Z on", "tracker.db was last written");
            assertThat(new CommandLine(new TopicsCommand())
                            .execute("apply", "--bootstrap-servers", broker.bootstrapServers(), "--partitions", "1"))
                    .isZero();
            assertThat(worker.rest()
                            .put("asterisk-database", connectors(out).get("asterisk-database"))
                            .isSuccess())
                    .isTrue();

            for (String table : TABLES) {
                Map<String, Long> read = rowsByCall(read(table));
                Map<String, Long> written = rowsByCall(Corpus.PBX_20.rows(table));
                Set<String> afterwards = callsSeenAfter(STOP);
                assertThat(read).as(table).containsAllEntriesOf(only(afterwards, written));
                assertThat(read).as(table).doesNotContainKey(LONG_BEFORE);
            }
            assertThat(callsSeenAfter(STOP)).contains(WENT_ON).hasSizeGreaterThan(20);
        }
    }

    /** The calls of which a row came when the old connector read no more. */
    private static Set<String> callsSeenAfter(Instant stop) {
        String local = LocalDateTime.ofInstant(stop, Corpus.ZONE).toString().replace('T', ' ');
        return TABLES.stream()
                .flatMap(table -> Corpus.PBX_20.rows(table).stream())
                .filter(row -> row.get("inserted_at").toString().compareTo(local) > 0)
                .map(row -> row.get("linkedid").toString())
                .collect(Collectors.toSet());
    }

    private static Map<String, Long> only(Set<String> calls, Map<String, Long> rows) {
        Map<String, Long> some = new TreeMap<>(rows);
        some.keySet().retainAll(calls);
        return some;
    }

    private static Map<String, Long> rowsByCall(List<Map<String, Object>> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.get("linkedid").toString(), Collectors.counting()));
    }

    /** What comes to Kafka, up to the row that was written last: it has a channel that no row before it has. */
    private static List<Map<String, Object>> read(String table) {
        List<Map<String, Object>> written = Corpus.PBX_20.rows(table);
        Object last = written.get(written.size() - 1).get("uniqueid");
        List<Map<String, Object>> read = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition("asterisk." + table, 0)));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(row(record.value())));
                return read.stream().anyMatch(row -> last.equals(row.get("uniqueid")));
            });
        }
        return read;
    }

    private static Map<String, Object> row(byte[] json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database connector's example, of a database that is there. */
    private static Path env(MariaDbServer database) throws Exception {
        String example = Files.readString(example("database-example"));
        return Files.writeString(
                directory.resolve("switch-over.env"),
                example.replaceAll("(?m)^DB_(HOST|PORT|USER|PASSWORD)=.*\\n", "")
                        + "DB_HOST=127.0.0.1\nDB_PORT=" + database.port() + "\nDB_USER=" + database.user()
                        + "\nDB_PASSWORD=" + database.password() + "\n");
    }

    /** How the command ended and what it said. */
    private record Ended(int code, String text) {}

    private static Path example(String name) throws Exception {
        return Path.of(
                MigrateIT.class.getResource("/incumbents/" + name + ".env").toURI());
    }

    private static Ended migrate(String name, Path out, String... more) throws Exception {
        return migrate(example(name), out, more);
    }

    private static Ended migrate(Path env, Path out, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                env.toString(),
                                "--pbx=east",
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--state-directory=" + directory.resolve("state"),
                                "--secrets-file=" + out.resolve("secrets.properties"),
                                "--out=" + out),
                        Stream.of(more))
                .toList();
        StringWriter text = new StringWriter();
        CommandLine command = new CommandLine(new MigrateCommand())
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true));
        return new Ended(command.execute(arguments.toArray(String[]::new)), text.toString());
    }

    private static Map<String, Map<String, String>> connectors(Path out) throws Exception {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".json", ""), MigrateIT::config));
        }
    }

    private static Map<String, String> config(Path file) {
        try {
            return JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> assembler(Path out) throws Exception {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(out.resolve("assembler.properties"))) {
            properties.load(in);
        }
        // The assembler reads it at its start
        if (properties.containsKey("direction.file")) {
            Path contexts = Files.writeString(out.resolve("config.json"), "{\"extension\": {\"min_length\": 3}}");
            properties.put("direction.file", contexts.toString());
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
