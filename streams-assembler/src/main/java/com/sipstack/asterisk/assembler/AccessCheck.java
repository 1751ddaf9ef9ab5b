package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Grant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the cluster whether we may do what we are about to do: a thread that finds out later dies over each record anew. */
final class AccessCheck {
    /** Of names that a prefix allows, one that nothing has. */
    private static final String PROBE = "access-check";

    private final Admin admin;

    AccessCheck(Admin admin) {
        this.admin = admin;
    }

    /** @throws IllegalStateException if anything is not allowed; names all of it */
    void require(List<Grant> grants) throws InterruptedException, ExecutionException {
        List<Grant> missing = new ArrayList<>();
        for (Grant grant : grants) {
            missing(grant).ifPresent(missing::add);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the assembler's principal may not do all that it must; missing ACLs: "
                    + missing.stream().map(Grant::toString).collect(Collectors.joining("; "))
                    + ". Add them with kafka-acls.sh or in whatever keeps the cluster's ACLs.");
        }
    }

    private Optional<Grant> missing(Grant grant) throws InterruptedException, ExecutionException {
        try {
            Set<AclOperation> allowed = allowed(grant);
            Set<AclOperation> missing = new HashSet<>(grant.operations());
            missing.removeAll(allowed);
            return missing.isEmpty() ? Optional.empty() : Optional.of(grant.only(missing));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.of(grant);
            }
            throw e;
        }
    }

    /** All that is wanted where the cluster does not tell. */
    private Set<AclOperation> allowed(Grant grant) throws InterruptedException, ExecutionException {
        Optional<Set<AclOperation>> told = switch (grant.resourceType()) {
            case TOPIC ->
                switch (grant.patternType()) {
                    case PREFIXED -> creates(grant.name() + PROBE);
                    default -> ofTopic(grant.name());
                };
            case GROUP -> ofGroup(grant.name());
            case TRANSACTIONAL_ID -> describes(grant.name() + PROBE);
            default -> throw new IllegalArgumentException("nobody knows how to ask for " + grant);
        };
        return told.orElse(grant.operations());
    }

    private Optional<Set<AclOperation>> ofTopic(String name) throws InterruptedException, ExecutionException {
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        return unless(
                        UnknownTopicOrPartitionException.class,
                        admin.describeTopics(List.of(name), options)
                                .topicNameValues()
                                .get(name))
                .map(topic -> topic.authorizedOperations());
    }

    private Optional<Set<AclOperation>> ofGroup(String name) throws InterruptedException, ExecutionException {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        return unless(
                        GroupIdNotFoundException.class,
                        admin.describeConsumerGroups(List.of(name), options)
                                .describedGroups()
                                .get(name))
                .map(group -> group.authorizedOperations());
    }

    private Optional<Set<AclOperation>> creates(String name) throws InterruptedException, ExecutionException {
        NewTopic probe = new NewTopic(name, Optional.of(1), Optional.empty());
        admin.createTopics(List.of(probe), new CreateTopicsOptions().validateOnly(true))
                .all()
                .get();
        return Optional.empty();
    }

    private Optional<Set<AclOperation>> describes(String transactionalId)
            throws InterruptedException, ExecutionException {
        unless(
                TransactionalIdNotFoundException.class,
                admin.describeTransactions(List.of(transactionalId)).description(transactionalId));
        return Optional.empty();
    }

    private static <T> Optional<T> unless(Class<? extends Exception> absent, KafkaFuture<T> future)
            throws InterruptedException, ExecutionException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (absent.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
