package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    private static final TopicPartition PARTITION = new TopicPartition(Calls.TOPIC, 0);

    private final OffsetTracker tracker = new OffsetTracker();

    @BeforeEach
    void open() {
        tracker.open(List.of(PARTITION));
    }

    @Test
    void theFirstUnhandledRecordIsTheLimit() {
        OffsetTicket first = track(10);
        OffsetTicket second = track(11);
        OffsetTicket third = track(15);

        second.handled();
        assertThat(committable(16)).isEqualTo(10);
        first.handled();
        assertThat(committable(16)).isEqualTo(15);
        third.handled();
        assertThat(committable(16)).isEqualTo(16);
    }

    @Test
    void recordsThatTransformationsDroppedAreHandled() {
        track(10).handled();

        assertThat(committable(50)).isEqualTo(50);
    }

    @Test
    void partitionsThatAreNotAssignedAreLeftOut() {
        tracker.close(List.of(PARTITION));

        assertThat(tracker.committable(Map.of(PARTITION, new OffsetAndMetadata(5))))
                .isEmpty();
    }

    @Test
    void aLateAnswerOfAnEarlierAssignmentCountsForNothing() {
        OffsetTicket before = track(10);
        tracker.close(List.of(PARTITION));
        tracker.open(List.of(PARTITION));
        track(10);

        before.handled();

        assertThat(before.isOwned()).isFalse();
        assertThat(committable(11)).isEqualTo(10);
    }

    private OffsetTicket track(long offset) {
        return tracker.track(Calls.revision("1.1", 1, offset));
    }

    private long committable(long delivered) {
        return tracker.committable(Map.of(PARTITION, new OffsetAndMetadata(delivered)))
                .get(PARTITION)
                .offset();
    }
}
