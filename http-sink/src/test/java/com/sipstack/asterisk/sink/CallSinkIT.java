package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.embedded.ConnectRest.SettingError;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector in a real worker, between a real broker and a real API server. */
class CallSinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static SinkCluster cluster;

    private StubApi api;
    private SinkCluster.Pipeline pipeline;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SinkCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void startApi() throws Exception {
        api = StubApi.start();
        pipeline = cluster.pipeline(api.uri());
    }

    @AfterEach
    void stopApi() throws Exception {
        pipeline.stopConnector();
        api.close();
    }

    @Test
    void everyCallEndsWithItsLastRevision() throws Exception {
        pipeline.startConnector(Map.of("tasks.max", "2"));
        // What one task had under way when the other took over is sent again, by which an older revision may follow a
        // newer one
        await().atMost(LIMIT)
                .ignoreException(ExecutionException.class) // before the first task there is no such group
                .until(pipeline::tasksWithPartitions, tasks -> tasks == 2);
        pipeline.produce(300, 7);

        awaitFinalRevisions(300, 7);

        assertThat(api.calls()).allSatisfy(call -> {
            assertThat(call.revisions()).isSorted();
            assertThat(call.phase()).isEqualTo("complete");
        });
        assertThat(api.stats().conflicts()).isZero();
        assertThat(api.refusals()).isEmpty();
        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 0);
    }

    @Test
    void aStormLosesNothingAndKeepsTheOrder() throws Exception {
        api.faults()
                .add(
                        Fault.status(503).withShare(0.4).withTimes(40),
                        Fault.resetAfterBody().withShare(0.2).withTimes(20),
                        Fault.loseAnswer().withShare(0.2).withTimes(20));
        pipeline.produce(60, 10);
        pipeline.startConnector(Map.of("supersede.waiting", "false"));

        awaitFinalRevisions(60, 10);

        assertThat(api.stats().faultsInjected()).isPositive();
        assertThat(api.calls()).allSatisfy(call -> {
            assertThat(call.revisions()).isSorted().contains(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(call.outOfOrder() + call.conflicts()).isZero();
            assertThat(call.stale()).isFalse();
        });
    }

    @Test
    void aRateLimitIsObeyed() throws Exception {
        pipeline.startConnector(Map.of("max.in.flight", "1"));
        api.faults().add(Fault.status(429, "3").withTimes(1));
        pipeline.produce(10, 1);
        await().atMost(LIMIT).until(() -> api.stats().faultsInjected() == 1);
        Instant limited = Instant.now();

        awaitFinalRevisions(10, 1);

        assertThat(api.calls())
                .allSatisfy(call -> assertThat(call.firstReceivedAt()).isAfter(limited.plusMillis(2_500)));
    }

    @Test
    void aPoisonousDocumentGoesToTheDeadLetterTopicAndDelaysNobody() throws Exception {
        api.faults().add(Fault.status(422).withLinkedid("1795305379.5"));
        pipeline.produce(200, 1);
        pipeline.startConnector(Map.of());

        ConsumerRecord<String, byte[]> letter = pipeline.awaitLetter(LIMIT);

        await().atMost(LIMIT).until(() -> api.calls().size() == 199);
        Map<String, byte[]> headers = SinkCluster.headers(letter);
        DeadLetter envelope = DeadLetter.fromHeaders(headers);
        assertThat(letter.key()).isEqualTo("pbx-east|1795305379.5");
        assertThat(letter.value()).asString().isEqualTo(Calls.json("1795305379.5", 1, true));
        assertThat(envelope.stage()).isEqualTo("sink");
        assertThat(envelope.reason()).startsWith("HTTP 422");
        assertThat(envelope.pbx()).isEqualTo(Calls.PBX);
        assertThat(envelope.topic()).isEqualTo(pipeline.topic());
        assertThat(envelope.offset()).isNotNegative();
        assertThat(headers.get("sipstack.dlq.status")).asString().isEqualTo("422");
        assertThat(headers.get("sipstack.dlq.attempts")).asString().isEqualTo("1");
        assertThat(headers.get("sipstack.dlq.idempotency.key")).asString().startsWith("pbx-east/1795305379.5/1/");
        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 0);
    }

    /** Which topics have room for: the producers of workers have not, unless they are told. */
    @Test
    void aDocumentOfMegabytesGoesToTheDeadLetterTopicToo() throws Exception {
        String large =
                Calls.json("1795305379.5", 1, true).replace("{", "{\"notes\":\"" + "x".repeat(2_000_000) + "\",");
        api.faults().add(Fault.status(413).withLinkedid("1795305379.5"));
        pipeline.produce(Calls.key("1795305379.5"), List.of(large));
        pipeline.startConnector(Map.of("producer.override.max.request.size", "8388608"));

        assertThat(pipeline.awaitLetter(LIMIT).value()).hasSize(large.length());
        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 0);
    }

    @Test
    void aRestartInTheMiddleLosesNothing() throws Exception {
        api.faults().add(Fault.delay(Duration.ofMillis(100)));
        pipeline.produce(150, 4);
        pipeline.startConnector(Map.of("supersede.waiting", "false", "max.in.flight", "8"));
        await().atMost(LIMIT).until(() -> api.stats().documents() > 100);

        pipeline.stopConnector();
        api.faults().clear();
        pipeline.startConnector(Map.of("supersede.waiting", "false"));

        awaitFinalRevisions(150, 4);
        assertThat(api.calls()).allSatisfy(call -> {
            assertThat(call.revisions()).contains(1L, 2L, 3L, 4L);
            // A revision that comes again under another Idempotency-Key would count as a conflict
            assertThat(call.conflicts()).isZero();
            assertThat(call.stale()).isFalse();
        });
    }

    @Test
    void theWorkersMetricsTellHowItGoes() throws Exception {
        pipeline.produce(20, 1);
        pipeline.startConnector(Map.of());
        awaitFinalRevisions(20, 1);

        await().atMost(LIMIT).until(() -> metric("shipped-total") == 20);
        assertThat(metric("queued-documents")).isZero();
        assertThat(metric("waiting-for-key")).isZero();
        assertThat(pipeline.metric("latency-ms-p95", ",status=2xx")).isPositive();

        api.faults().add(Fault.status(403));
        pipeline.produce(5, 2);
        await().atMost(LIMIT).until(() -> metric("waiting-for-key") == 1);
        assertThat(metric("oldest-unsent-age-ms")).isPositive();
        assertThat(metric("retried-total")).isPositive();

        api.faults().clear();
        await().atMost(LIMIT).until(() -> metric("waiting-for-key") == 0 && metric("queued-documents") == 0);
        assertThat(metric("rejected-total")).isZero();
    }

    private double metric(String name) throws Exception {
        return pipeline.metric(name);
    }

    @Test
    void theApiIsAskedWhetherItTakesTheKey() throws Exception {
        api.faults().add(Fault.status(401).withPath("/v1/health"));

        assertThat(pipeline.validate(Map.of())).singleElement().satisfies(error -> {
            assertThat(error.setting()).isEqualTo("api.key");
            assertThat(error.messages()).containsExactly("api.key is refused by the API (HTTP 401)");
        });
    }

    @Test
    void theWorkerShowsWhyAConfigurationIsRefused() throws Exception {
        assertThat(pipeline.validate(Map.of("errors.tolerance", "none", "errors.deadletterqueue.topic.name", "")))
                .extracting(SettingError::setting)
                .containsExactlyInAnyOrder("errors.tolerance", "errors.deadletterqueue.topic.name");
        assertThat(pipeline.validate(Map.of("errors.log.enable", "true")))
                .extracting(SettingError::setting)
                .containsExactly("errors.log.enable");
        assertThat(pipeline.validate(Map.of())).isEmpty();
    }

    private void awaitFinalRevisions(int calls, long revision) {
        await().atMost(LIMIT)
                .until(() -> api.calls().size() == calls
                        && api.calls().stream()
                                .map(ReceivedCall::highestRevision)
                                .allMatch(OptionalLong.of(revision)::equals));
    }
}
