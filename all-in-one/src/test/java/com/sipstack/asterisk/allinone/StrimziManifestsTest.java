package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sipstack.asterisk.embedded.SettingsReference;
import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Grants;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes, read by Strimzi's and Kubernetes's own classes, which here know no field that they have not declared. */
class StrimziManifestsTest {
    private static final Path FOLDER = Path.of("../manifests/strimzi");
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String CONNECT = "sipstack-connect";
    private static final String ASSEMBLER = "sipstack-assembler";
    /** By name: their class files refer to annotations that are on no class path. */
    private static final Map<String, String> KINDS = Map.of(
            "KafkaConnect", "io.strimzi.api.kafka.model.connect.KafkaConnect",
            "KafkaConnector", "io.strimzi.api.kafka.model.connector.KafkaConnector",
            "KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic",
            "KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser",
            "ConfigMap", "io.fabric8.kubernetes.api.model.ConfigMap",
            "Service", "io.fabric8.kubernetes.api.model.Service",
            "StatefulSet", "io.fabric8.kubernetes.api.model.apps.StatefulSet",
            "PodDisruptionBudget", "io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget");

    private static final YAMLMapper YAML = strict();

    @ParameterizedTest
    @ValueSource(strings = {"topics", "users", "kafka-connect", "connectors", "assembler"})
    void everyFieldIsKnownToItsKind(String file) throws Exception {
        for (JsonNode resource : resources(file)) {
            Object read = YAML.treeToValue(
                    resource, Class.forName(KINDS.get(resource.path("kind").asText())));
            assertThat(read).isNotNull();
            assertThat(resource.path("apiVersion").asText()).isIn("kafka.strimzi.io/v1", "v1", "apps/v1", "policy/v1");
        }
    }

    @Test
    void theTopicsAreThoseOfTheAssembler() throws IOException {
        upToDate(
                "topics.yaml",
                TOPICS.specs().stream().map(StrimziManifestsTest::topic).toList());
    }

    @Test
    void theUsersMayWhatTheirPartsNeedAndNoMore() throws IOException {
        List<Grant> workers = new ArrayList<>(Grants.source(TOPICS));
        workers.addAll(Grants.sinks(TOPICS, List.of("sipstack-calls")));
        List<Object> acls = acls(workers);
        acls.addAll(ofConnectItself());
        upToDate(
                "users.yaml", List.of(user(CONNECT, acls), user(ASSEMBLER, acls(Grants.assembler(TOPICS, ASSEMBLER)))));
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

    private static Map<String, Object> topic(Topics.Spec spec) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("partitions", 12);
        wanted.put("replicas", 3);
        wanted.put("config", new TreeMap<>(spec.config()));
        return resource("KafkaTopic", spec.name(), wanted);
    }

    private static Map<String, Object> user(String name, List<Object> acls) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("authentication", Map.of("type", "tls"));
        Map<String, Object> authorization = new LinkedHashMap<>();
        authorization.put("type", "simple");
        authorization.put("acls", acls);
        wanted.put("authorization", authorization);
        return resource("KafkaUser", name, wanted);
    }

    private static Map<String, Object> resource(String kind, String name, Map<String, Object> wanted) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("strimzi.io/cluster", "carrier"));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "kafka.strimzi.io/v1");
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", wanted);
        return resource;
    }

    /** One for each resource, with all that any of the grants allows there. */
    private static List<Object> acls(List<Grant> grants) {
        Map<List<String>, Set<String>> operations = new LinkedHashMap<>();
        for (Grant grant : grants) {
            String type = words(grant.resourceType().name());
            operations
                    .computeIfAbsent(
                            List.of(
                                    Character.toLowerCase(type.charAt(0)) + type.substring(1),
                                    grant.name(),
                                    grant.patternType() == PatternType.PREFIXED ? "prefix" : "literal"),
                            place -> new TreeSet<>())
                    .addAll(grant.operations().stream()
                            .map(AclOperation::name)
                            .map(StrimziManifestsTest::words)
                            .toList());
        }
        List<Object> acls = new ArrayList<>();
        operations.forEach((place, allowed) -> acls.add(acl(place.get(0), place.get(1), place.get(2), allowed)));
        return acls;
    }

    /** What a worker needs for its own three topics, its group and exactly-once sources, by Kafka's documentation. */
    private static List<Object> ofConnectItself() {
        return List.of(
                acl("topic", CONNECT + "-", "prefix", Set.of("Create", "DescribeConfigs", "Read", "Write")),
                acl("group", CONNECT, "literal", Set.of("Read")),
                acl("transactionalId", "connect-cluster-" + CONNECT, "literal", Set.of("Write")),
                acl("transactionalId", CONNECT + "-", "prefix", Set.of("Write")));
    }

    private static Map<String, Object> acl(String type, String name, String pattern, Set<String> operations) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("type", type);
        resource.put("name", name);
        resource.put("patternType", pattern);
        Map<String, Object> acl = new LinkedHashMap<>();
        acl.put("resource", resource);
        acl.put("operations", new TreeSet<>(operations));
        return acl;
    }

    /** {@code DESCRIBE_CONFIGS} becomes {@code DescribeConfigs}. */
    private static String words(String name) {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    private static void upToDate(String file, List<Map<String, Object>> resources) throws IOException {
        StringBuilder text = new StringBuilder("# Made of what the program asks for; a test keeps it so\n");
        for (Map<String, Object> resource : resources) {
            text.append(YAML.writeValueAsString(resource));
        }
        if (Boolean.getBoolean(SettingsReference.WRITE)) {
            Files.writeString(FOLDER.resolve(file), text);
        }
        assertThat(FOLDER.resolve(file)).hasContent(text.toString());
    }

    private static List<JsonNode> resources(String file) throws IOException {
        try (var all = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(FOLDER.resolve(file + ".yaml").toFile())) {
            return all.readAll();
        }
    }

    private static YAMLMapper strict() {
        YAMLMapper mapper = new YAMLMapper();
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        // Both keep what they do not know, so that nothing would be unknown
        mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1L;

            @Override
            public Boolean hasAnySetter(Annotated member) {
                return false;
            }
        });
        return mapper;
    }
}
