package com.sipstack.asterisk.assembler.dlq;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The dead-letter topic as it was when the command began. For one thread. */
final class LetterTopic {
    private final String name;
    private final TopicScan scan;
    private final Map<TopicPartition, Long> from;
    private final Map<TopicPartition, Long> to;
    private final Marks marks = new Marks();

    /**
     * @param name the topic's
     * @throws IllegalStateException if there is no such topic
     */
    LetterTopic(String name, TopicScan scan) {
        this.name = name;
        this.scan = scan;
        List<TopicPartition> partitions = scan.partitions(name);
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + name);
        }
        from = scan.beginnings(partitions);
        to = scan.ends(partitions);
        scan.read(from, to, record -> Mark.read(StoredLetter.headers(record)).ifPresent(marks::add));
    }

    String name() {
        return name;
    }

    Marks marks() {
        return marks;
    }

    /** The letters of each partition in their order. */
    void forEach(Consumer<StoredLetter> action) {
        scan.read(from, to, record -> {
            StoredLetter letter = new StoredLetter(record);
            if (Mark.read(letter.headers()).isEmpty()) {
                action.accept(letter);
            }
        });
    }

    /** Where each partition ended. */
    Map<TopicPartition, Long> ends() {
        return to;
    }
}
