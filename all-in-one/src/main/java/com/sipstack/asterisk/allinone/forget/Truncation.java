package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.allinone.forget.Footprint.Trace;
import com.sipstack.asterisk.model.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Deletes topics' beginnings, up to the last record that is to be forgotten: nothing that anybody has still to read. */
final class Truncation {
    private final Admin admin;
    private final Topics topics;
    /** By partition what each group has read. */
    private final Map<TopicPartition, Map<String, Long>> read = new HashMap<>();

    Truncation(Admin admin, Topics topics) throws InterruptedException, ExecutionException {
        this.admin = admin;
        this.topics = topics;
        Map<String, ListConsumerGroupOffsetsSpec> groups =
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                        .collect(Collectors.toMap(GroupListing::groupId, group -> new ListConsumerGroupOffsetsSpec()));
        admin.listConsumerGroupOffsets(groups).all().get().forEach(this::note);
    }

    private void note(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                read.computeIfAbsent(partition, first -> new TreeMap<>()).put(group, offset.offset());
            }
        });
    }

    /** Deletes what may be deleted; returns why the rest may not, a line for each partition. */
    List<String> of(Footprint footprint) throws InterruptedException, ExecutionException {
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        List<String> left = new ArrayList<>();
        footprint.traces().forEach((partition, trace) -> {
            if (isCut(partition.topic())) {
                String obstacle = obstacle(footprint, partition, trace);
                if (obstacle.isEmpty()) {
                    deleted.put(partition, RecordsToDelete.beforeOffset(trace.last() + 1));
                } else {
                    left.add(partition + ": " + obstacle);
                }
            }
        });
        admin.deleteRecords(deleted).all().get();
        return left;
    }

    private boolean isCut(String topic) {
        return Set.of(
                        topics.cdr(),
                        topics.cel(),
                        topics.recordings(),
                        topics.audio(),
                        topics.recordingsReady(),
                        topics.raw())
                .contains(topic);
    }

    /** Audio is read by nobody's group, but with the recording that leaves. */
    private String obstacle(Footprint footprint, TopicPartition partition, Trace trace) {
        if (!partition.topic().equals(topics.audio())) {
            return obstacle(partition, trace.last());
        }
        TopicPartition ready = new TopicPartition(topics.recordingsReady(), partition.partition());
        Trace recordings = footprint.traces().get(ready);
        return recordings == null ? "no recording of it has left yet" : obstacle(ready, recordings.last());
    }

    /** Empty if there is none. */
    private String obstacle(TopicPartition partition, long last) {
        Map<String, Long> groups = read.getOrDefault(partition, Map.of());
        if (groups.isEmpty()) {
            return "nobody has read it yet";
        }
        return groups.entrySet().stream()
                .filter(group -> group.getValue() <= last)
                .map(group -> "the group " + group.getKey() + " has read up to " + group.getValue() + " and must read "
                        + (last + 1))
                .collect(Collectors.joining("; "));
    }
}
