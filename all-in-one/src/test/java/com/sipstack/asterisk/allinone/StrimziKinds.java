package com.sipstack.asterisk.allinone;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Resources for Kubernetes, read by Strimzi's and Kubernetes's own classes, which here know no field that they have not declared. */
public final class StrimziKinds {
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

    private StrimziKinds() {}

    /** The documents of a text. */
    public static List<JsonNode> resources(String yaml) throws IOException {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return all.readAll();
        }
    }

    /** As its kind reads it. Fails over a field that the kind does not know. */
    public static Object read(JsonNode resource) throws IOException, ClassNotFoundException {
        return YAML.treeToValue(
                resource, Class.forName(KINDS.get(resource.path("kind").asText())));
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
