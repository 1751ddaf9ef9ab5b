package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadyLanesTest {
    private final PartitionOffsets partition = new PartitionOffsets();
    private final ReadyLanes ready = new ReadyLanes();
    private long offset;

    private Lane call(String linkedid, boolean complete) throws MalformedDocumentException {
        Lane lane = new Lane(new CallKey(Calls.PBX, linkedid), true);
        add(lane, linkedid, 1, complete);
        ready.add(lane);
        return lane;
    }

    private void add(Lane lane, String linkedid, long revision, boolean complete) throws MalformedDocumentException {
        byte[] json = Calls.json(linkedid, revision, complete).getBytes(StandardCharsets.UTF_8);
        OutboundDocument document = new DocumentReader().read(Calls.record(Calls.key(linkedid), json, 0, offset, 0L));
        lane.add(new Shipment(document, partition.track(offset++), Instant.MAX));
    }

    @Test
    void theCallThatHasWaitedLongestGoesFirst() throws Exception {
        Lane ongoing = call("1.1", false);
        Lane ended = call("1.2", true);

        assertThat(ready.peek(false)).isSameAs(ongoing);
        ready.remove(ongoing);
        assertThat(ready.peek(false)).isSameAs(ended);
        assertThat(ready.size()).isEqualTo(1);
        ready.remove(ended);
        assertThat(ready.isEmpty()).isTrue();
    }

    @Test
    void whereTheRateIsLimitedCallsThatHaveEndedGoBeforeAllOthers() throws Exception {
        Lane ongoing = call("1.1", false);
        Lane ended = call("1.2", true);

        assertThat(ready.peek(true)).isSameAs(ended);
        ready.remove(ended);
        assertThat(ready.peek(true)).isSameAs(ongoing);
    }

    @Test
    void aCallThatEndsWhileItWaitsKeepsItsPlaceAndGoesWithThoseThatHaveEnded() throws Exception {
        Lane first = call("1.1", false);
        Lane second = call("1.2", false);
        Lane third = call("1.3", true);
        add(second, "1.2", 2, true);
        ready.refresh(second);

        assertThat(ready.peek(false)).isSameAs(first);
        assertThat(ready.peek(true)).isIn(second, third);
        ready.remove(first);
        assertThat(ready.peek(false)).isSameAs(ready.peek(true));
    }

    @Test
    void whatIsNotReadyIsNotRefreshed() throws Exception {
        Lane lane = call("1.1", false);
        ready.remove(lane);
        ready.refresh(lane);

        assertThat(ready.isEmpty()).isTrue();
    }
}
