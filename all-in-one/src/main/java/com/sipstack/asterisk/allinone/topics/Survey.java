package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.model.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SecurityDisabledException;

/**
 * What a cluster has now.
 *
 * @param partitions of our topics that are there, by name
 * @param settings of these topics as they count, the brokers' defaults among them, by name
 * @param acls all of the cluster's, or none where nobody asked for them
 */
record Survey(Map<String, Integer> partitions, Map<String, Map<String, String>> settings, Collection<AclBinding> acls) {

    /** @throws IllegalStateException if ACLs are asked for and the cluster has no authorizer */
    static Survey of(Admin admin, Prescription prescription) throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        List<String> ours = prescription.topics().specs().stream()
                .map(Topics.Spec::name)
                .filter(existing::contains)
                .toList();
        return new Survey(
                partitions(admin, ours),
                settings(admin, ours),
                prescription.holders().isEmpty() ? List.of() : acls(admin));
    }

    private static Map<String, Integer> partitions(Admin admin, List<String> topics)
            throws InterruptedException, ExecutionException {
        Map<String, Integer> partitions = new TreeMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    private static Map<String, Map<String, String>> settings(Admin admin, List<String> topics)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        admin.describeConfigs(resources)
                .all()
                .get()
                .forEach((resource, config) -> settings.put(resource.name(), values(config)));
        return settings;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static Collection<AclBinding> acls(Admin admin) throws InterruptedException, ExecutionException {
        try {
            return admin.describeAcls(AclBindingFilter.ANY).values().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecurityDisabledException) {
                throw new IllegalStateException("the cluster has no ACLs: leave out --principal", e);
            }
            throw e;
        }
    }
}
