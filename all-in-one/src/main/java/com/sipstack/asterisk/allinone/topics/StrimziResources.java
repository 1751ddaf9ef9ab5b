package com.sipstack.asterisk.allinone.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** Topics and principals as resources of Strimzi's operators, which then keep them. */
public final class StrimziResources {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String cluster;

    /** @param cluster name of the {@code Kafka} resource */
    public StrimziResources(String cluster) {
        this.cluster = cluster;
    }

    /** All that is prescribed, whether it is there already or not. */
    List<Map<String, Object>> of(Prescription prescription, int partitions) {
        Map<String, List<Grant>> users = new LinkedHashMap<>();
        for (Holder holder : prescription.holders()) {
            users.computeIfAbsent(userName(holder), first -> new ArrayList<>())
                    .addAll(holder.role().grants(prescription));
        }
        return Stream.concat(
                        prescription.topics().specs().stream()
                                .map(spec -> topic(spec, partitions, prescription.replicationFactor())),
                        users.entrySet().stream().map(user -> user(user.getKey(), acls(user.getValue()))))
                .toList();
    }

    /** The operator makes a certificate for {@code CN=name}; with passwords the name is the principal's alone. */
    private static String userName(Holder holder) {
        String name = holder.principal().getName();
        return name.startsWith("CN=") ? name.substring(3) : name;
    }

    /** @param replicas -1: the brokers' default */
    public Map<String, Object> topic(Topics.Spec spec, int partitions, int replicas) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("partitions", partitions);
        if (replicas > 0) {
            wanted.put("replicas", replicas);
        }
        wanted.put("config", new TreeMap<>(spec.config()));
        return resource("KafkaTopic", spec.name(), wanted);
    }

    /** @param acls as {@link #acls} makes them */
    public Map<String, Object> user(String name, List<Object> acls) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("authentication", Map.of("type", "tls"));
        Map<String, Object> authorization = new LinkedHashMap<>();
        authorization.put("type", "simple");
        authorization.put("acls", acls);
        wanted.put("authorization", authorization);
        return resource("KafkaUser", name, wanted);
    }

    private Map<String, Object> resource(String kind, String name, Map<String, Object> wanted) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("strimzi.io/cluster", cluster));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "kafka.strimzi.io/v1");
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", wanted);
        return resource;
    }

    /** One for each Kafka resource, with all that any of the grants allows there. */
    public static List<Object> acls(List<Grant> grants) {
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
                            .map(StrimziResources::words)
                            .toList());
        }
        List<Object> acls = new ArrayList<>();
        operations.forEach((place, allowed) -> acls.add(acl(place.get(0), place.get(1), place.get(2), allowed)));
        return acls;
    }

    /** A single one, by Strimzi's own words. */
    public static Map<String, Object> acl(String type, String name, String pattern, Set<String> operations) {
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

    /** One after the other, each a document of its own. */
    public static String yaml(List<Map<String, Object>> resources) {
        StringBuilder text = new StringBuilder();
        try {
            for (Map<String, Object> resource : resources) {
                text.append(YAML.writeValueAsString(resource));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("resources cannot be written as YAML", e);
        }
        return text.toString();
    }
}
