package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.sink.SinkConnector;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What people copy names nothing that is not there: settings, classes, files, variables. */
class ManifestsTest {
    private static final Path ROOT = Path.of("..");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?:--from=build /src/)?([\\w./-]+) ");
    private static final Pattern CLASS = Pattern.compile("\"(com\\.sipstack\\.[\\w.]+)\"");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^([A-Z_]+)=");
    private static final Pattern ABSENT = Pattern.compile("(?m)^ +expr: absent\\((\\w+)\\)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    /** Settings that reach clients and converters as they are. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("((consumer|producer)\\.override|kafka|value\\.converter)\\..+");

    @ParameterizedTest
    @MethodSource("connectors")
    void everySettingOfAConnectorExistsAndIsAccepted(Path file) throws Exception {
        Map<String, String> config = JSON.readValue(file.toFile(), new TypeReference<>() {});
        Connector connector = Class.forName(config.get("connector.class"))
                .asSubclass(Connector.class)
                .getDeclaredConstructor()
                .newInstance();
        Set<String> known = new HashSet<>(connector.config().names());
        known.addAll(ofConnect(connector).names());

        assertThat(config.keySet())
                .allMatch(name -> known.contains(name.replaceFirst("^pbxs\\.[^.]+\\.(?=\\w)", ""))
                        || OF_OTHERS.matcher(name).matches());
        // What the worker's file would hold
        config.replaceAll((name, value) -> value.startsWith("${file:") ? "sk_0123456789abcdef0123456789abcdef" : value);
        assertThat(connector.config().validate(config))
                .allSatisfy(value ->
                        assertThat(value.errorMessages()).as(value.name()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("composeFiles")
    void everyFileOfAComposeFileExists(Path file) throws IOException {
        Path folder = file.getParent();
        assertThat(services(file).values()).allSatisfy(service -> {
            assertThat(built(folder, service.get("build"))).allMatch(Files::exists);
            assertThat(mounted(service))
                    .allSatisfy(source -> assertThat(folder.resolve(source)).exists());
        });
    }

    @Test
    void whoWantsNoMonitoringHasAHealthyContainerNevertheless() throws Exception {
        int nobodys = FreePort.any();

        assertThat(OperatorPages.containersHealthCheck(nobodys, "False")).isZero();
        assertThat(OperatorPages.containersHealthCheck(nobodys, "true")).isNotZero();
    }

    @Test
    void theContainersPortsAreThoseThatTheEnvSays() throws Exception {
        assertThat(services(ROOT.resolve("docker-compose.yml")).get("sipstack").get("ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(published("MONITORING_PORT", 8000), published("CONSOLE_PORT", 8010));
    }

    private static String published(String variable, int usual) {
        String port = "${" + variable + ":-" + usual + "}";
        return "127.0.0.1:" + port + ":" + port;
    }

    @Test
    void aContainerSeesTheRecordingsThatAreTakenUnasked() throws Exception {
        assertThat(services(ROOT.resolve("docker-compose.yml")).get("sipstack").get("volumes"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Recordings.USUAL_FOLDER + ":" + Recordings.USUAL_FOLDER + ":ro");
    }

    @Test
    void everyFileAndClassOfADockerfileExists() throws Exception {
        for (String file :
                List.of("Dockerfile", "streams-assembler/Dockerfile", "manifests/compose/connect.Dockerfile")) {
            String text = Files.readString(ROOT.resolve(file));
            assertThat(found(COPIED, text).map(path -> path.replaceFirst("/target/.*", "")))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
            for (String name : found(CLASS, text).toList()) {
                assertThat(Class.forName(name).getDeclaredMethod("main", String[].class))
                        .isNotNull();
            }
        }
    }

    @Test
    void aCommandInTheContainerIsTheOneThatTheImageStarts() throws IOException {
        String image = Files.readString(ROOT.resolve("Dockerfile"));
        assertThat(image)
                .contains("ENTRYPOINT [\"/opt/sipstack/sipstack\"]", "COPY --from=build /src/sipstack /opt/sipstack/");
        for (String guide : List.of(
                "README.md",
                "docs/five-minutes.md",
                "docs/troubleshooting.md",
                "docs/dead-letters.md",
                "docs/doctor.md",
                "docs/forget.md")) {
            assertThat(Files.readString(ROOT.resolve(guide)))
                    .as(guide)
                    .contains("docker compose exec sipstack /opt/sipstack/sipstack ");
        }
    }

    /** Whoever is dead tells neither of its lag nor of its faults. */
    @Test
    void anAlertTellsOfEachPartThatTellsNothing() throws IOException {
        assertThat(found(ABSENT, Files.readString(ROOT.resolve("manifests/prometheus/alerts.yml"))))
                .containsExactlyInAnyOrder("sipstack_assembler_calls_open", "sipstack_connect_task_status");
    }

    @Test
    void whoeverWritesALetterToTheDeadLetterTopicIsSeenByTheAlertAndOnTheDashboard() throws IOException {
        List<String> counts = List.of(
                "sipstack_assembler_letters_total",
                "sipstack_source_bad_records_total",
                "sipstack_source_dead_letters_total",
                "sipstack_connect_dead_letters_total");

        assertThat(OperatorPages.alertedIn("sipstack")).containsAll(counts);
        assertThat(OperatorPages.namesIn("manifests/grafana/night-shift.json")).containsAll(counts);
    }

    @Test
    void theExampleOfAnEnvFileIsUnderstoodLineByLine() throws Exception {
        EnvSettings env = new EnvSettings(EnvFile.read(ROOT.resolve(".env.example")));
        Deployment deployment = Deployment.of(env);
        String readers = Files.readString(ROOT.resolve("docker-compose.yml"))
                + Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/EnvSettings.java"))
                + Files.readString(Path.of("src/main/java/com/sipstack/asterisk/allinone/Deployment.java"));

        assertThat(env.withoutEffect()).isEmpty();
        assertThat(deployment.source())
                .containsEntry("database.url", "jdbc:mariadb://host.docker.internal:3306/asterisk");
        assertThat(found(VARIABLE, Files.readString(ROOT.resolve(".env.example"))))
                .allSatisfy(name -> assertThat(readers).containsAnyOf("\"" + name + "\"", "${" + name + ":-"));
    }

    @Test
    void assemblerAndWorkerAcceptTheirProperties() throws IOException {
        assertThat(new AssemblerConfig(properties("manifests/compose/assembler.properties")))
                .isNotNull();
        Map<String, String> worker = properties("manifests/compose/worker.properties");
        DistributedConfig understood = new DistributedConfig(worker);
        assertThat(worker.keySet())
                .allMatch(name -> understood.values().containsKey(name)
                        || OF_OTHERS.matcher(name).matches());
        assertThat(understood.exactlyOnceSourceEnabled()).isTrue();
    }

    @Test
    void theShellReadsAllScripts() throws Exception {
        for (String script : List.of("sipstack", "manifests/compose/play.sh", "manifests/compose/connectors.sh")) {
            Process check = new ProcessBuilder("sh", "-n", ROOT.resolve(script).toString())
                    .redirectErrorStream(true)
                    .start();
            String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(complaints).isZero();
        }
    }

    @Test
    void everyLinkOfTheDocumentsLeadsToAFile() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        documents.addAll(files("docs", ".md"));
        documents.addAll(files("manifests", ".md"));
        for (Path document : documents) {
            assertThat(found(LINK, Files.readString(document)))
                    .as(document.toString())
                    .allSatisfy(
                            link -> assertThat(document.resolveSibling(link)).exists());
        }
    }

    private static List<Path> connectors() throws IOException {
        List<Path> connectors = new ArrayList<>(files("manifests/connectors", ".json"));
        connectors.addAll(files("manifests/compose", ".json"));
        return connectors;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    private static Stream<Path> composeFiles() {
        return Stream.of("docker-compose.yml", "manifests/compose/docker-compose.yml")
                .map(ROOT::resolve);
    }

    private static ConfigDef ofConnect(Connector connector) {
        return connector instanceof SinkConnector ? SinkConnectorConfig.configDef() : SourceConnectorConfig.configDef();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return (Map<String, Map<String, Object>>) compose.get("services");
        }
    }

    /** The folder that an image is built from, and its Dockerfile. */
    private static List<Path> built(Path folder, Object build) {
        if (build == null) {
            return List.of();
        }
        Map<?, ?> parts = build instanceof Map<?, ?> map ? map : Map.of("context", build, "dockerfile", "Dockerfile");
        Path context = folder.resolve((String) parts.get("context"));
        return List.of(context, context.resolve((String) parts.get("dockerfile")));
    }

    /** What is mounted of this project. */
    private static List<String> mounted(Map<String, Object> service) {
        List<?> volumes = (List<?>) service.getOrDefault("volumes", List.of());
        return volumes.stream()
                .map(volume -> volume.toString().split(":", 2)[0])
                .filter(source -> source.startsWith("."))
                .toList();
    }

    private static Map<String, String> properties(String file) throws IOException {
        Properties properties = Utils.loadProps(ROOT.resolve(file).toString());
        return new HashMap<>(Utils.propsToStringMap(properties));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(ManifestsTest::first);
    }

    private static String first(MatchResult result) {
        return result.group(1);
    }
}
