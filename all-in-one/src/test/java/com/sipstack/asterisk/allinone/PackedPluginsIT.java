package com.sipstack.asterisk.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.tools.ConnectPluginPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger with a Connect worker gets: two archives and a folder of examples. */
class PackedPluginsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PLUGINS = Path.of("target/sipstack/plugins");
    private static final Path EXAMPLES = Path.of("../manifests/connectors");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** What every worker brings, and what would be there twice if we did. */
    private static final List<String> OF_THE_WORKER =
            List.of("kafka-clients", "connect-api", "connect-runtime", "connect-json", "slf4j", "log4j", "logback");

    @TempDir
    static Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"source-connector", "http-sink"})
    void anArchiveHasManifestDocumentsLicenceAndNothingThatTheWorkerBrings(String module) throws IOException {
        Set<String> names = new TreeSet<>();
        JsonNode manifest;
        try (ZipFile archive = new ZipFile(archive(module).toFile())) {
            archive.stream().forEach(entry -> names.add(entry.getName().replaceFirst("^[^/]+/", "")));
            String root = archive.entries().nextElement().getName().replaceFirst("/.*", "");
            manifest = JSON.readTree(archive.getInputStream(archive.getEntry(root + "/manifest.json")));
        }

        assertThat(manifest.path("title").asText()).startsWith("SIPSTACK");
        assertThat(manifest.at("/owner/name").asText()).isEqualTo("SIPSTACK");
        assertThat(manifest.path("license").findValuesAsText("name").toString()).contains("MIT");
        assertThat(names).contains("doc/LICENSE", "doc/README.md");
        assertThat(names)
                .filteredOn(name -> name.startsWith("lib/"))
                .isNotEmpty()
                .noneMatch(name -> OF_THE_WORKER.stream().anyMatch(jar -> name.startsWith("lib/" + jar)));
    }

    private static Path archive(String module) throws IOException {
        try (Stream<Path> archives = Files.list(Path.of("..", module, "target/components/packages"))) {
            return archives.filter(path -> path.toString().endsWith(".zip"))
                    .findAny()
                    .orElseThrow();
        }
    }

    @Test
    void connectPluginPathFindsEachConnectorAndItsManifest() throws Exception {
        Process tool = PlainWorker.java(
                        System.getProperty("java.class.path"),
                        ConnectPluginPath.class.getName(),
                        "list",
                        "--plugin-path",
                        PLUGINS.toAbsolutePath().toString())
                .redirectError(directory.resolve("complaints").toFile())
                .start();
        List<String> lines =
                new String(tool.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertThat(tool.waitFor())
                .as(Files.readString(directory.resolve("complaints")))
                .isZero();
        for (String connector : examples().values().stream()
                .map(config -> config.get("connector.class"))
                .toList()) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(connector))
                    .as(connector)
                    .singleElement()
                    // Its class was loaded, and a service file names it: both columns, for service_load and scanning
                    .satisfies(line ->
                            assertThat(line.split("\\s+", -1)).contains("true").doesNotContain("false"));
        }
    }

    @Test
    @Tag("long")
    void everyExampleRunsOnAWorkerThatHasOnlyTheArchives() throws Exception {
        Map<String, Map<String, String>> examples = examples();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                StubApi api = StubApi.start();
                PlainWorker worker = PlainWorker.start(broker, directory, PLUGINS)) {
            createTopics(broker);
            ConnectRest rest = worker.awaitReady().rest();
            for (Map.Entry<String, Map<String, String>> example : examples.entrySet()) {
                ConnectRest.Answer answer = rest.put(example.getKey(), atThisPlace(example.getValue(), broker, api));
                assertThat(answer.isSuccess())
                        .as(example.getKey() + " " + answer)
                        .isTrue();
            }
            for (String name : examples.keySet()) {
                Awaitility.await(name).atMost(LIMIT).untilAsserted(() -> {
                    JsonNode status = rest.status(name).body();
                    assertThat(status.findValuesAsText("state"))
                            .as(status.toString())
                            .hasSizeGreaterThan(1)
                            .containsOnly("RUNNING");
                });
            }
        }
    }

    /** The examples as they stand, by their files' names. */
    private static Map<String, Map<String, String>> examples() throws IOException {
        Map<String, Map<String, String>> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                examples.put(
                        file.getFileName().toString().replace(".json", ""),
                        JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
            }
        }
        return examples;
    }

    /** With addresses and folders that are here; the secrets stay in their file. */
    private static Map<String, String> atThisPlace(Map<String, String> example, EmbeddedBroker broker, StubApi api)
            throws IOException {
        Path here = directory.toAbsolutePath();
        Files.writeString(
                here.resolve("secrets.properties"),
                "api.key=sk_0123456789abcdef0123456789abcdef\ndatabase.password=secret\nami.password=secret\n");
        Map<String, String> config = new TreeMap<>(example);
        config.replaceAll((name, value) -> value.replace("/etc/sipstack/", here + "/")
                .replace("/var/lib/sipstack", here.resolve("state").toString())
                .replace("/pbx/", here + "/pbx/")
                .replace("kafka:9092", broker.bootstrapServers()));
        if (config.containsKey("api.key")) {
            config.put("api.url", api.uri().toString());
        }
        return config;
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(new Topics(Topics.DEFAULT_PREFIX)
                            .specs().stream()
                                    .map(spec -> new NewTopic(spec.name(), 1, (short) 1).configs(spec.config()))
                                    .toList())
                    .all()
                    .get();
        }
    }
}
