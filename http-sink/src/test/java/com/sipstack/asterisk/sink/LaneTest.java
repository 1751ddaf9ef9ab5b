package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final CallKey CALL = new CallKey(Calls.PBX, "1.1");

    private final PartitionOffsets partition = new PartitionOffsets();
    private final Lane lane = new Lane(CALL, true);

    @Test
    void aLaterRevisionTakesThePlaceOfThoseThatWait() {
        lane.add(revision(1));
        lane.add(revision(2));
        lane.add(revision(3));

        assertThat(revisions()).containsExactly(3L);
    }

    @Test
    void anEarlierRevisionIsNeverTheReasonToDropOne() {
        lane.add(revision(2));
        lane.add(revision(1));

        assertThat(revisions()).containsExactly(2L, 1L);
    }

    @Test
    void whereItIsSwitchedOffEveryRevisionWaitsItsTurn() {
        Lane every = new Lane(CALL, false);
        every.add(revision(1));
        every.add(revision(2));

        assertThat(every.take().document().revision()).isEqualTo(1);
        assertThat(every.take().document().revision()).isEqualTo(2);
    }

    @Test
    void anOffsetIsHandledWithTheRevisionThatTookItsPlace() {
        lane.add(revision(1));
        lane.add(revision(2));
        Shipment second = lane.take();
        assertThat(partition.firstUnhandled()).isEqualTo(OptionalLong.of(1));

        second.handled();

        assertThat(partition.firstUnhandled()).isEmpty();
    }

    @Test
    void aFailedDocumentWaitsBeforeThoseThatCameAfterIt() {
        Lane every = new Lane(CALL, false);
        every.add(revision(1));
        every.add(revision(2));
        every.putBack(every.take());

        assertThat(every.take().document().revision()).isEqualTo(1);
    }

    @Test
    void aFailedDocumentYieldsToALaterRevision() {
        lane.add(revision(1));
        Shipment first = lane.take();
        lane.add(revision(2));

        lane.putBack(first);
        Shipment second = lane.take();
        second.handled();

        assertThat(lane.isEmpty()).isTrue();
        assertThat(partition.firstUnhandled()).isEmpty();
    }

    @Test
    void revisionsOfAnotherPartitionStandForThemselves() {
        lane.add(revision(1));
        lane.add(shipment(2, new PartitionOffsets()));

        assertThat(lane.size()).isEqualTo(2);
    }

    @Test
    void documentsOfALostPartitionAreForgotten() {
        lane.add(shipment(1, new PartitionOffsets()));
        lane.add(revision(2));
        partition.disown();

        lane.dropDisowned();

        assertThat(revisions()).containsExactly(1L);
    }

    private List<Long> revisions() {
        List<Long> revisions = new ArrayList<>();
        while (!lane.isEmpty()) {
            revisions.add(lane.take().document().revision());
        }
        return revisions;
    }

    private Shipment revision(long revision) {
        return shipment(revision, partition);
    }

    private static Shipment shipment(long revision, PartitionOffsets partition) {
        return new Shipment(Calls.document("1.1", revision), partition.track(revision), Instant.MAX);
    }
}
