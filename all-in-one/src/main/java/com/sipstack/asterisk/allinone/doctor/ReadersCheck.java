package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.model.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** How far the readers of our topics have come: the assembler, the sinks, and whoever else reads them. */
final class ReadersCheck {
    /** Longer than any reader waits while all is well. */
    private static final Duration BEHIND = Duration.ofMinutes(5);

    private final Admin admin;
    private final Topics topics;
    private final Clock clock;
    private final OldestUnread unread;

    ReadersCheck(Admin admin, Topics topics, Map<String, Object> client, Clock clock) {
        this.admin = admin;
        this.topics = topics;
        this.clock = clock;
        this.unread = new OldestUnread(client);
    }

    void run(Findings out) throws InterruptedException, ExecutionException {
        Map<String, GroupState> states = admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                .collect(Collectors.toMap(
                        GroupListing::groupId, group -> group.groupState().orElse(GroupState.UNKNOWN)));
        Map<String, Map<TopicPartition, Long>> read = read(states.keySet());
        needReader(topics.cel(), "nobody puts calls together", "sipstack assemble", read, out);
        needReader(topics.calls(), "nobody ships calls", "a CallSinkConnector", read, out);
        read.forEach((group, offsets) -> tell(group, states.get(group), offsets, out));
    }

    /** What groups have read of our topics; without those that have read nothing of them. */
    private Map<String, Map<TopicPartition, Long>> read(Set<String> groups)
            throws InterruptedException, ExecutionException {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
        groups.forEach(group -> wanted.put(group, new ListConsumerGroupOffsetsSpec()));
        Set<String> ours = topics.specs().stream().map(Topics.Spec::name).collect(Collectors.toSet());
        Map<String, Map<TopicPartition, Long>> read = new TreeMap<>();
        admin.listConsumerGroupOffsets(wanted).all().get().forEach((group, offsets) -> {
            Map<TopicPartition, Long> own = new HashMap<>();
            offsets.forEach((partition, offset) -> put(own, partition, offset, ours));
            if (!own.isEmpty()) {
                read.put(group, own);
            }
        });
        return read;
    }

    /** @param offset null where the group has none */
    private static void put(
            Map<TopicPartition, Long> own, TopicPartition partition, OffsetAndMetadata offset, Set<String> topics) {
        if (offset != null && topics.contains(partition.topic())) {
            own.put(partition, offset.offset());
        }
    }

    private static void needReader(
            String topic, String lack, String reader, Map<String, Map<TopicPartition, Long>> read, Findings out) {
        boolean isRead = read.values().stream()
                .flatMap(offsets -> offsets.keySet().stream())
                .anyMatch(partition -> partition.topic().equals(topic));
        if (!isRead) {
            out.warning(topic + " was never read: " + lack, "That is what " + reader + " does.");
        }
    }

    private void tell(String group, GroupState state, Map<TopicPartition, Long> offsets, Findings out) {
        List<OldestUnread.Unread> waiting = unread.of(offsets);
        Optional<Duration> age = waiting.stream()
                .map(record -> Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant()))
                .max(Duration::compareTo);
        boolean isAbsent = state == GroupState.EMPTY || state == GroupState.DEAD;
        if (age.isEmpty()) {
            out.add(
                    isAbsent ? Severity.NOTE : Severity.OK,
                    "the group " + group + " has read everything" + (isAbsent ? ", and is not running now" : ""),
                    "");
        } else if (isAbsent || age.get().compareTo(BEHIND) > 0) {
            out.warning(
                    "the group " + group + " has " + waiting(waiting) + " to read, the oldest for " + Ages.of(age.get())
                            + (isAbsent ? ", and is not running" : ""),
                    "A sink waits while SIPSTACK takes nothing; an assembler reads up after a stop. If it does not become less, look"
                            + " at its log, its tasks and sipstack dlq list.");
        } else {
            out.ok("the group " + group + " is reading, " + Ages.of(age.get()) + " behind");
        }
    }

    private static String waiting(List<OldestUnread.Unread> waiting) {
        long count = waiting.stream().mapToLong(OldestUnread.Unread::behind).sum();
        return count + " records of "
                + waiting.stream()
                        .map(record -> record.partition().topic())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
