package com.sipstack.asterisk.model;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a principal must be allowed in a cluster with ACLs, by Kafka's own words.
 *
 * @param name of the resource, or what its name begins with where the pattern is {@link PatternType#PREFIXED}
 * @param operations DESCRIBE comes with READ and WRITE, DESCRIBE_CONFIGS does not
 */
public record Grant(ResourceType resourceType, PatternType patternType, String name, Set<AclOperation> operations) {
    public Grant {
        operations = Set.copyOf(operations);
    }

    static Grant topic(String name, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, PatternType.LITERAL, name, Set.of(operations));
    }

    static Grant topics(String prefix, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, PatternType.PREFIXED, prefix, Set.of(operations));
    }

    static Grant group(String name, AclOperation... operations) {
        return new Grant(ResourceType.GROUP, PatternType.LITERAL, name, Set.of(operations));
    }

    static Grant transactions(String prefix, AclOperation... operations) {
        return new Grant(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, prefix, Set.of(operations));
    }

    /** The same with these operations alone. */
    public Grant only(Set<AclOperation> others) {
        return new Grant(resourceType, patternType, name, others);
    }

    /** As a person would say it: {@code READ, WRITE on the topic asterisk.calls}. */
    @Override
    public String toString() {
        String words =
                new TreeSet<>(operations).stream().map(AclOperation::name).collect(Collectors.joining(", "));
        String resource = resourceType.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words
                + (patternType == PatternType.PREFIXED
                        ? " on each " + resource + " that begins with "
                        : " on the " + resource + " ")
                + name;
    }
}
