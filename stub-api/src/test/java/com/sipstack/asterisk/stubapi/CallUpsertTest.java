package com.sipstack.asterisk.stubapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallUpsertTest {
    private StubApi stub = StubApi.start();
    private StubClient client = StubClient.of(stub);

    @AfterEach
    void stop() {
        stub.close();
    }

    private ReceivedCall onlyCall() {
        assertThat(stub.calls()).hasSize(1);
        return stub.calls().get(0);
    }

    @Test
    void aLaterDocumentReplacesTheEarlierOne() throws IOException {
        client.ship(CallDocuments.valid("1.1", 1).put("ship_phase", "initial").put("is_complete", false), "k1");
        client.ship(CallDocuments.valid("1.1", 2).put("ship_phase", "update").put("is_complete", false), "k2");
        client.ship(CallDocuments.valid("1.1", 3).put("disposition", "BUSY"), "k3");

        ReceivedCall call = onlyCall();
        assertThat(call.document().get("disposition").textValue()).isEqualTo("BUSY");
        assertThat(call.phase()).isEqualTo("complete");
        assertThat(call.documents()).isEqualTo(3);
        assertThat(call.phases()).containsExactly("initial", "update", "complete");
        assertThat(call.revisions()).containsExactly(1L, 2L, 3L);
        assertThat(call.idempotencyKeys()).containsExactly("k1", "k2", "k3");
        assertThat(call.stale()).isFalse();
        assertThat(stub.stats()).isEqualTo(new StubStats(3, 0, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void callsOfOneLinkedidAreTwoWhereTheHostOrTheCustomerDiffers() throws IOException {
        client.ship(CallDocuments.valid("1.1"));
        client.ship(CallDocuments.valid("1.1").put("customer_id", 2));
        client.send(client.request(StubClient.CALLS)
                .header("X-Asterisk-Hostname", "pbx2")
                .post(StubClient.body(
                        CallDocuments.valid("1.1").put("hostname", "pbx2").toString())));

        assertThat(stub.calls()).hasSize(3);
        assertThat(stub.call("pbx1", "1.1").orElseThrow().customerId()).contains(2L);
        assertThat(stub.call("pbx2", "1.1").orElseThrow().customerId()).contains(1L);
        assertThat(stub.call("pbx3", "1.1")).isEmpty();
    }

    @Test
    void aRepeatWithTheSameKeyIsADuplicate() throws IOException {
        client.ship(CallDocuments.valid("1.1", 1), "k1");
        client.ship(CallDocuments.valid("1.1", 1), "k1");

        assertThat(onlyCall().duplicates()).isEqualTo(1);
        assertThat(onlyCall().documents()).isEqualTo(2);
        assertThat(onlyCall().idempotencyKeys()).containsExactly("k1");
        assertThat(stub.stats().outOfOrder()).isZero();
    }

    @Test
    void aRepeatOfAnOlderRevisionIsADuplicateThatLeavesTheCallStale() throws IOException {
        client.ship(CallDocuments.valid("1.1", 1), "k1");
        client.ship(CallDocuments.valid("1.1", 2), "k2");
        client.ship(CallDocuments.valid("1.1", 1), "k1");

        assertThat(stub.stats().duplicates()).isEqualTo(1);
        assertThat(stub.stats().outOfOrder()).isZero();
        assertThat(onlyCall().stale()).isTrue();

        client.ship(CallDocuments.valid("1.1", 2), "k2");
        assertThat(onlyCall().stale()).isFalse();
    }

    @Test
    void aRevisionThatComesAfterALaterOneIsOutOfOrder() throws IOException {
        client.ship(CallDocuments.valid("1.1", 2), "k2");
        client.ship(CallDocuments.valid("1.1", 1), "k1");

        assertThat(stub.stats().outOfOrder()).isEqualTo(1);
        assertThat(onlyCall().revisions()).containsExactly(2L, 1L);
        assertThat(onlyCall().stale()).isTrue();
    }

    @Test
    void oneRevisionWithTwoKeysIsAConflict() throws IOException {
        client.ship(CallDocuments.valid("1.1", 1), "k1");
        client.ship(CallDocuments.valid("1.1", 1), "other");

        assertThat(stub.stats().conflicts()).isEqualTo(1);
        assertThat(stub.stats().duplicates()).isZero();
        assertThat(onlyCall().idempotencyKeys()).containsExactly("k1", "other");
    }

    @Test
    void documentsWithoutARevisionAreAlwaysInOrder() throws IOException {
        client.ship(CallDocuments.valid("1.1"));
        client.ship(CallDocuments.valid("1.1"));

        assertThat(stub.stats()).isEqualTo(new StubStats(2, 0, 2, 0, 2, 1, 0, 0, 0, 0, 0, 0));
        assertThat(onlyCall().revisions()).isEmpty();
    }

    @Test
    void theOldestCallsGoWhenThereAreTooManyAndTheCountersStay() throws IOException {
        stub.close();
        stub = StubApi.start(StubApiConfig.defaults().withMaxCalls(2));
        client = StubClient.of(stub);
        for (String linkedid : List.of("1.1", "2.2", "3.3")) {
            client.ship(CallDocuments.valid(linkedid));
        }

        assertThat(stub.calls()).extracting(ReceivedCall::linkedid).containsExactly("2.2", "3.3");
        assertThat(stub.call("pbx1", "1.1")).isEmpty();
        assertThat(stub.stats().calls()).isEqualTo(3);
    }

    @Test
    void listenersHearOfEveryAcceptedDocument() throws IOException {
        List<ReceivedDocument> heard = new CopyOnWriteArrayList<>();
        stub.onDocument(heard::add);

        client.ship(CallDocuments.valid("1.1", 1), "k1");
        client.ship(CallDocuments.valid("1.1", 1).put("direction", "z"), "k2");
        client.ship(CallDocuments.valid("1.1", 1), "k1");

        assertThat(heard)
                .extracting(ReceivedDocument::order)
                .containsExactly(ArrivalOrder.IN_ORDER, ArrivalOrder.DUPLICATE);
        assertThat(heard.get(0).document()).isEqualTo(CallDocuments.valid("1.1", 1));
    }

    @Test
    void aResetForgetsEverything() throws IOException {
        client.ship(CallDocuments.valid());
        client.post(StubClient.CALLS, "{}");
        stub.faults().add(Fault.status(500));

        stub.reset();

        assertThat(stub.calls()).isEmpty();
        assertThat(stub.refusals()).isEmpty();
        assertThat(stub.faults().list()).isEmpty();
        assertThat(stub.stats()).isEqualTo(new StubStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
