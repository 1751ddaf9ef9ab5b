package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two workers, one of which is killed, and an API that does all that APIs do. */
class CallSinkFaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int REVISIONS = 6;

    private static SinkCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SinkCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void everyCallsLastRevisionArrivesAndItsOrderHolds() throws Exception {
        storm(150, LIMIT);
    }

    /** Half an hour of a PBX fleet with two new calls a second, as fast as it goes. */
    @Tag("long")
    @Test
    void halfAnHoursCallsArrive() throws Exception {
        storm(3_600, Duration.ofMinutes(20));
    }

    private static void storm(int calls, Duration limit) throws Exception {
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withSeed(4_711));
                WorkerProcess doomed = WorkerProcess.start(cluster.bootstrapServers())) {
            api.faults().add(faults());
            SinkCluster.Pipeline pipeline = cluster.pipeline(api.uri());
            pipeline.produce(calls, REVISIONS);
            // Without superseding every revision is sent, so that any break of the order shows
            pipeline.startConnector(Map.of("tasks.max", "2", "supersede.waiting", "false", "api.timeout.ms", "1500"));
            await().atMost(LIMIT)
                    .until(() -> pipeline.workers() == 2 && api.stats().documents() > calls / 2);
            doomed.kill();
            awaitLastRevisions(api, calls, limit);

            // What came again after the kill comes to its end as well
            await().atMost(limit).until(pipeline::lag, lag -> lag == 0);
            assertThat(api.stats().faultsInjected()).isPositive();
            assertThat(api.calls()).allSatisfy(CallSinkFaultsIT::assertInOrder);
            assertThat(api.refusals()).isEmpty();
            pipeline.stopConnector();
        }
    }

    private static void assertInOrder(ReceivedCall call) {
        assertThat(call.revisions()).contains(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(call.outOfOrder()).isZero();
        assertThat(call.conflicts()).isZero();
        assertThat(call.stale()).isFalse();
        assertThat(call.idempotencyKeys()).hasSize(REVISIONS);
    }

    private static Fault[] faults() {
        return new Fault[] {
            Fault.status(503).withDuration(Duration.ofSeconds(3)),
            Fault.status(429, "1").withTimes(3),
            Fault.status(503).withShare(0.1),
            Fault.resetBeforeBody().withShare(0.03),
            Fault.resetAfterBody().withShare(0.03),
            Fault.loseAnswer().withShare(0.03),
            Fault.cutAnswer().withShare(0.03),
            Fault.drip(Duration.ofMillis(300)).withShare(0.03),
            Fault.delay(Duration.ofSeconds(3)).withShare(0.005)
        };
    }

    private static void awaitLastRevisions(StubApi api, int calls, Duration limit) {
        await().atMost(limit)
                .until(() -> api.calls().size() == calls
                        && api.calls().stream()
                                .map(ReceivedCall::highestRevision)
                                .allMatch(OptionalLong.of(REVISIONS)::equals));
    }
}
