package com.sipstack.asterisk.allinone.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.AssemblerConfig;
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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** How the command ended and what it said. */
    private record Ended(int code, String text) {}

    private static Ended migrate(String name, Path out, String... more) throws Exception {
        Path env = Path.of(
                MigrateIT.class.getResource("/incumbents/" + name + ".env").toURI());
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
