package com.sipstack.asterisk.allinone;

import static com.sipstack.asterisk.allinone.topics.StrimziResources.acl;
import static com.sipstack.asterisk.allinone.topics.StrimziResources.acls;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.allinone.topics.StrimziResources;
import com.sipstack.asterisk.embedded.SettingsReference;
import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Grants;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes. */
class StrimziManifestsTest {
    private static final Path FOLDER = Path.of("../manifests/strimzi");
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String CONNECT = "sipstack-connect";
    private static final String ASSEMBLER = "sipstack-assembler";
    private static final StrimziResources RESOURCES = new StrimziResources("carrier");

    @ParameterizedTest
    @ValueSource(strings = {"topics", "users", "kafka-connect", "connectors", "assembler"})
    void everyFieldIsKnownToItsKind(String file) throws Exception {
        for (JsonNode resource : resources(file)) {
            assertThat(StrimziKinds.read(resource)).isNotNull();
            assertThat(resource.path("apiVersion").asText()).isIn("kafka.strimzi.io/v1", "v1", "apps/v1", "policy/v1");
        }
    }

    @Test
    void theTopicsAreThoseOfTheAssembler() throws IOException {
        upToDate(
                "topics.yaml",
                TOPICS.specs().stream()
                        .map(spec -> RESOURCES.topic(spec, 12, 3))
                        .toList());
    }

    @Test
    void theUsersMayWhatTheirPartsNeedAndNoMore() throws IOException {
        List<Grant> workers = new ArrayList<>(Grants.source(TOPICS));
        workers.addAll(Grants.sinks(TOPICS, List.of("sipstack-calls")));
        List<Object> acls = acls(workers);
        acls.addAll(ofConnectItself());
        upToDate(
                "users.yaml",
                List.of(
                        RESOURCES.user(CONNECT, acls),
                        RESOURCES.user(ASSEMBLER, acls(Grants.assembler(TOPICS, ASSEMBLER)))));
    }

    @Test
    void everySettingOfAConnectorExists() throws Exception {
        for (JsonNode connector : resources("connectors")) {
            Connector known = Class.forName(connector.at("/spec/class").asText())
                    .asSubclass(Connector.class)
                    .getDeclaredConstructor()
                    .newInstance();
            Set<String> names = new TreeSet<>(known.config().names());
            names.addAll(Set.of(
                    "topics",
                    "value.converter",
                    "consumer.override.isolation.level",
                    "producer.override.max.request.size",
                    "errors.tolerance",
                    "errors.deadletterqueue.topic.name",
                    "exactly.once.support"));
            connector
                    .at("/spec/config")
                    .fieldNames()
                    .forEachRemaining(
                            name -> assertThat(names).contains(name.replaceFirst("^pbxs\\.[^.]+\\.(?=\\w)", "")));
        }
    }

    /** What a worker needs for its own three topics, its group and exactly-once sources, by Kafka's documentation. */
    private static List<Object> ofConnectItself() {
        return List.of(
                acl("topic", CONNECT + "-", "prefix", Set.of("Create", "DescribeConfigs", "Read", "Write")),
                acl("group", CONNECT, "literal", Set.of("Read")),
                acl("transactionalId", "connect-cluster-" + CONNECT, "literal", Set.of("Write")),
                acl("transactionalId", CONNECT + "-", "prefix", Set.of("Write")));
    }

    private static void upToDate(String file, List<Map<String, Object>> resources) throws IOException {
        String text = "# Made of what the program asks for; a test keeps it so\n" + StrimziResources.yaml(resources);
        if (Boolean.getBoolean(SettingsReference.WRITE)) {
            Files.writeString(FOLDER.resolve(file), text);
        }
        assertThat(FOLDER.resolve(file)).hasContent(text);
    }

    private static List<JsonNode> resources(String file) throws IOException {
        return StrimziKinds.resources(Files.readString(FOLDER.resolve(file + ".yaml")));
    }
}
