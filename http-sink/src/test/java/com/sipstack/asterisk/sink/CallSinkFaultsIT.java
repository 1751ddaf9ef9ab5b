package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that come, leave and are killed, and an API that does all that APIs do. */
class CallSinkFaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int REVISIONS = 6;
    // Without superseding every revision is sent, so that any break of the order shows
    private static final Map<String, String> SETTINGS =
            Map.of("tasks.max", "2", "supersede.waiting", "false", "api.timeout.ms", "1500");

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
            pipeline.startConnector(SETTINGS);
            await().atMost(limit)
                    .until(() -> pipeline.workers() == 2 && api.stats().documents() > calls / 2);
            doomed.kill();
            assertAllArrive(api, pipeline, calls, limit);
        }
    }

    @Tag("long")
    @Test
    void aWorkerThatJoinsAndLeavesInTheStormBreaksNoOrder() throws Exception {
        int calls = 100;
        try (StubApi api = StubApi.start(StubApiConfig.defaults().withSeed(4_711))) {
            api.faults().add(faults());
            SinkCluster.Pipeline pipeline = cluster.pipeline(api.uri());
            pipeline.startConnector(SETTINGS);
            pipeline.produce(0, calls, REVISIONS);
            try (WorkerProcess guest = WorkerProcess.start(cluster.bootstrapServers())) {
                // So that there is always something under way when tasks move
                int parts = 1;
                while (pipeline.workers() < 2) {
                    pipeline.produce(calls * parts++, calls, REVISIONS);
                    long expected = (long) calls * parts / 2;
                    await().atMost(LIMIT)
                            .until(() -> pipeline.workers() == 2 || api.stats().calls() > expected);
                }
                pipeline.produce(calls * parts++, calls, REVISIONS);
                long before = api.stats().documents();
                await().atMost(LIMIT).until(() -> api.stats().documents() > before);
                guest.leave();
                assertAllArrive(api, pipeline, calls * parts, LIMIT);
            }
        }
    }

    @Test
    void anApiWhoseCertificateIsNotTrustedIsToldNothingUntilItIs(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates();
        SwitchedCertificate certificate = certificates.switched("127.0.0.1");
        StubApiConfig config = StubApiConfig.defaults().withSeed(4_711).withTls(certificate.tls());
        try (StubApi api = StubApi.start(config);
                Wire wire = new Wire(api.uri().getPort())) {
            SinkCluster.Pipeline pipeline = cluster.pipeline(URI.create("https://127.0.0.1:" + wire.port() + "/v1"));
            pipeline.produce(30, REVISIONS);
            Map<String, String> trusting = new HashMap<>(SETTINGS);
            trusting.put("api.tls.ca.file", certificates.authorityPem(folder).toString());
            pipeline.startConnector(trusting);
            await().atMost(LIMIT).until(() -> certificate.handshakes() > 3);
            assertThat(api.stats().requests()).isZero();
            assertThat(pipeline.lag()).isEqualTo(30 * REVISIONS);

            api.faults()
                    .add(
                            Fault.resetBeforeBody().withShare(0.1),
                            Fault.loseAnswer().withShare(0.1));
            certificate.showTheRightOne();

            assertAllArrive(api, pipeline, 30, LIMIT);
            assertThat(wire.said())
                    .isNotEmpty()
                    .allSatisfy(said -> assertThat(said)
                            .startsWith("\u0016\u0003")
                            .doesNotContain(Calls.API_KEY, "linkedid", "authorization"));
        }
    }

    private static void assertAllArrive(StubApi api, SinkCluster.Pipeline pipeline, int calls, Duration limit)
            throws Exception {
        awaitLastRevisions(api, calls, limit);
        // What came again after a task has moved comes to its end as well
        await().atMost(limit).until(pipeline::lag, lag -> lag == 0);
        assertThat(api.stats().faultsInjected()).isPositive();
        assertThat(api.calls()).allSatisfy(CallSinkFaultsIT::assertInOrder);
        assertThat(api.refusals()).isEmpty();
        assertThat(pipeline.letters()).isZero();
        pipeline.stopConnector();
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
