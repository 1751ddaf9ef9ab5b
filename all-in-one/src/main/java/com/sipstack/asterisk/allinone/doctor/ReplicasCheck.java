package com.sipstack.asterisk.allinone.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** Which partitions nobody can write or read at the moment, and which hang by fewer brokers than they should. */
final class ReplicasCheck {
    private final List<String> withoutLeader = new ArrayList<>();
    private final List<String> behind = new ArrayList<>();

    ReplicasCheck(Collection<TopicDescription> topics) {
        topics.forEach(topic -> topic.partitions().forEach(partition -> note(topic.name(), partition)));
        withoutLeader.sort(null);
        behind.sort(null);
    }

    private void note(String topic, TopicPartitionInfo partition) {
        Node leader = partition.leader();
        if (leader == null || leader.isEmpty()) {
            withoutLeader.add(topic + "-" + partition.partition());
        } else if (partition.isr().size() < partition.replicas().size()) {
            behind.add(topic + "-" + partition.partition());
        }
    }

    void tell(Findings out) {
        if (!withoutLeader.isEmpty()) {
            out.error(
                    "no broker leads " + String.join(", ", withoutLeader) + ": nobody can write or read there",
                    "Start the brokers that have them. What is to be written waits at its source as long as it can.");
        }
        if (!behind.isEmpty()) {
            out.warning(
                    "not all replicas keep up of " + String.join(", ", behind),
                    "Are brokers down, or slow? With fewer than min.insync.replicas nothing can be written any more.");
        }
    }
}
