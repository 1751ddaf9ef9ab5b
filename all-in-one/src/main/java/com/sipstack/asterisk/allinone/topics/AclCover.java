package com.sipstack.asterisk.allinone.topics;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Whether ACLs that are there say what an ACL that is wanted would say, by the rules of Kafka's own authorizer. */
final class AclCover {
    private static final String ANYBODY = "User:*";
    private static final String ANY = "*";

    private final List<AclBinding> present;

    AclCover(Collection<AclBinding> present) {
        this.present = List.copyOf(present);
    }

    /** Whether it may be done, from any host. */
    boolean allows(AclBinding wanted) {
        return present.stream()
                .filter(acl -> acl.entry().permissionType() == AclPermissionType.ALLOW)
                .filter(acl -> acl.entry().host().equals(ANY))
                .filter(acl -> implies(acl.entry().operation(), wanted.entry().operation()))
                .anyMatch(acl -> isForAll(acl, wanted) && contains(acl.pattern(), wanted.pattern()));
    }

    /** ACLs that forbid some of it, from some host: a prohibition counts for more than any permission. */
    List<AclBinding> against(AclBinding wanted) {
        return present.stream()
                .filter(acl -> acl.entry().permissionType() == AclPermissionType.DENY)
                .filter(acl -> Set.of(wanted.entry().operation(), AclOperation.ALL)
                        .contains(acl.entry().operation()))
                .filter(acl -> isForAll(acl, wanted) && meets(acl.pattern(), wanted.pattern()))
                .toList();
    }

    private static boolean isForAll(AclBinding acl, AclBinding wanted) {
        return Set.of(wanted.entry().principal(), ANYBODY).contains(acl.entry().principal());
    }

    private static boolean implies(AclOperation given, AclOperation wanted) {
        return given == wanted || given == AclOperation.ALL || impliedBy(wanted).contains(given);
    }

    private static Set<AclOperation> impliedBy(AclOperation wanted) {
        return switch (wanted) {
            case DESCRIBE -> Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);
            case DESCRIBE_CONFIGS -> Set.of(AclOperation.ALTER_CONFIGS);
            default -> Set.of();
        };
    }

    private static boolean contains(ResourcePattern outer, ResourcePattern inner) {
        return outer.resourceType() == inner.resourceType()
                && (outer.equals(inner) || isAny(outer) || isPrefixOf(outer, inner));
    }

    private static boolean isPrefixOf(ResourcePattern outer, ResourcePattern inner) {
        return outer.patternType() == PatternType.PREFIXED && inner.name().startsWith(outer.name());
    }

    private static boolean meets(ResourcePattern one, ResourcePattern other) {
        return contains(one, other) || contains(other, one);
    }

    private static boolean isAny(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.LITERAL && pattern.name().equals(ANY);
    }
}
