package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Topics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * What a cluster must have.
 *
 * @param partitions empty: as many as topics of ours have that are there already
 * @param replicationFactor of topics that are created; -1 takes the broker's default
 * @param applicationId the assembler's
 * @param sinkConnectors names of the connectors that ship
 * @param holders principals; none where the cluster has no ACLs
 */
record Prescription(
        Topics topics,
        Optional<Integer> partitions,
        short replicationFactor,
        String applicationId,
        List<String> sinkConnectors,
        List<Holder> holders) {
    private static final String ANY_HOST = "*";

    Prescription {
        sinkConnectors = List.copyOf(sinkConnectors);
        holders = List.copyOf(holders);
    }

    /** In the order of the principals, each once. */
    Set<AclBinding> acls() {
        Set<AclBinding> acls = new LinkedHashSet<>();
        for (Holder holder : holders) {
            holder.role().grants(this).forEach(grant -> acls.addAll(bindings(holder, grant)));
        }
        return acls;
    }

    private static List<AclBinding> bindings(Holder holder, Grant grant) {
        ResourcePattern resource = new ResourcePattern(grant.resourceType(), grant.name(), grant.patternType());
        return grant.operations().stream()
                .sorted()
                .map(operation -> new AclBinding(
                        resource,
                        new AccessControlEntry(
                                holder.principal().toString(), ANY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
