package com.sipstack.asterisk.assembler.dlq;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Deletes from the broker what lies before the first letter that is still open: Kafka deletes from the beginning only. */
final class Eraser {
    private final Admin admin;

    Eraser(Admin admin) {
        this.admin = admin;
    }

    /** Returns how many letters are gone. */
    long erase(LetterTopic letters) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> firstOpen = new HashMap<>(letters.ends());
        letters.forEach(letter -> {
            if (letters.marks().isOpen(letter.place())) {
                firstOpen.merge(partition(letters, letter), letter.place().offset(), Math::min);
            }
        });
        long[] gone = new long[1];
        letters.forEach(letter -> {
            if (letter.place().offset() < firstOpen.get(partition(letters, letter))) {
                gone[0]++;
            }
        });
        admin.deleteRecords(firstOpen.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, partition -> RecordsToDelete.beforeOffset(partition.getValue()))))
                .all()
                .get();
        return gone[0];
    }

    private static TopicPartition partition(LetterTopic letters, StoredLetter letter) {
        return new TopicPartition(letters.name(), letter.place().partition());
    }
}
