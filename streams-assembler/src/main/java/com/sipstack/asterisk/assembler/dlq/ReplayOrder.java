package com.sipstack.asterisk.assembler.dlq;

import java.util.Optional;
import java.util.Set;

/** Where letters can be replayed to, and why some cannot. */
final class ReplayOrder {
    private final Set<String> topics;

    /** @param topics all that the cluster has */
    ReplayOrder(Set<String> topics) {
        this.topics = Set.copyOf(topics);
    }

    /** Why a letter cannot be replayed; empty if it can, to the topic that its record stood in. */
    Optional<String> obstacle(StoredLetter letter) {
        String topic = letter.envelope().topic();
        if (letter.stage().equals("source")) {
            return Optional.of("a row that a source could not read: once it can be, let the source read its range again"
                    + " (start.from, end.at)");
        }
        if (topic == null) {
            return Optional.of("it tells of a call, not of a record: the call's rows are in their topics still");
        }
        if (letter.value() == null) {
            return Optional.of("there is nothing in it");
        }
        return topics.contains(topic) ? Optional.empty() : Optional.of("there is no topic " + topic);
    }
}
