package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task against a real API server, driven the way a Connect worker does. */
class CallSinkTaskTest {
    private static final String HOSTNAME = "pbx-east.example";

    private final RecordingContext context = new RecordingContext();
    private final CallSinkTask task = new CallSinkTask();
    private final List<SinkRecord> delivered = new ArrayList<>();
    private StubApi api;

    @BeforeEach
    void startApi() {
        api = StubApi.start();
    }

    @AfterEach
    void stop() {
        task.stop();
        api.close();
    }

    @Test
    void aDocumentArrivesAsItWasWithShippedAt() {
        start(Map.of());
        put(Calls.revision("1.1", 1, 0));
        awaitCommittable(1);

        ReceivedCall call = call("1.1");
        assertThat(call.json())
                .startsWith(Calls.json("1.1", 1, false).replaceFirst("}$", ",\"shipped_at\":\""))
                .endsWith("Z\"}");
        assertThat(call.idempotencyKeys()).singleElement().asString().matches("pbx-east/1\\.1/1/[0-9a-f]{16}");
        assertThat(Instant.parse(call.document().get("shipped_at").textValue()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(api.refusals()).isEmpty();
    }

    @Test
    void aTaskShipsThoughOneBeforeItHangsAndStillHasItsMetrics() {
        Metrics worker = new Metrics();
        PluginMetrics hanging = new PluginMetricsImpl(worker, Map.of("task", "0"));
        MetricName shipped = hanging.metricName("shipped-total", "", new LinkedHashMap<>());
        hanging.addMetric(shipped, (Gauge<Long>) (config, now) -> 7L);
        context.metrics = new PluginMetricsImpl(worker, Map.of("task", "0"));

        start(Map.of());
        put(Calls.revision("1.1", 1, 0));
        awaitCommittable(1);

        assertThat(worker.metric(shipped).metricValue()).isEqualTo(7L);
    }

    @Test
    void revisionsThatWaitAreSupersededAndHandledWithTheirSuccessor() {
        api.faults().add(Fault.delay(Duration.ofMillis(500)).withTimes(2));
        start(Map.of());
        put(Calls.revision("1.1", 1, 0));
        put(Calls.revision("1.1", 2, 1), Calls.revision("1.1", 3, 2));

        awaitCommittable(1);
        awaitCommittable(3);

        assertThat(call("1.1").revisions()).containsExactly(1L, 3L);
    }

    @Test
    void whatIsReadAgainTakesNoCallBack() {
        start(Map.of());
        put(Calls.revision("1.1", 1, 0));
        awaitCommittable(1);
        put(Calls.revision("1.1", 2, 1));
        awaitCommittable(2);

        // To a task that takes over, and begins where the last commit stood
        task.put(List.copyOf(delivered));
        await().until(() -> api.stats().accepted() >= 3);

        assertThat(call("1.1").revisions()).containsExactly(1L, 2L, 2L);
        assertThat(call("1.1").outOfOrder()).isZero();
    }

    @Test
    void whereNothingIsSupersededEveryRevisionArrivesInOrder() {
        api.faults()
                .add(Fault.status(503).withShare(0.3), Fault.resetAfterBody().withShare(0.2));
        start(Map.of("supersede.waiting", "false"));
        put(IntStream.range(0, 100)
                .mapToObj(i -> Calls.revision("1." + i % 5, 1 + i / 5, i))
                .toArray(SinkRecord[]::new));

        awaitCommittable(100);

        assertThat(api.calls()).hasSize(5).allSatisfy(call -> {
            assertThat(call.revisions()).hasSize(20).isSorted();
            assertThat(call.outOfOrder()).isZero();
        });
    }

    @Test
    void differentCallsAreUnderWayAtTheSameTime() {
        api.faults().add(Fault.delay(Duration.ofSeconds(1)));
        start(Map.of());
        put(IntStream.range(0, 30).mapToObj(i -> Calls.revision("1." + i, 1, i)).toArray(SinkRecord[]::new));

        // One after the other they would take 30 s
        await().atMost(Duration.ofSeconds(8)).until(() -> committable() == 30);
    }

    @Test
    void aRejectedDocumentIsHandledOnceItsLetterIsWritten() {
        context.written = new CompletableFuture<>();
        api.faults().add(Fault.status(422).withLinkedid("1.1"));
        start(Map.of());
        put(Calls.revision("1.1", 7, 0), Calls.revision("1.2", 1, 1));

        await().until(() -> !tick().letters.isEmpty() && call("1.2") != null);
        assertThat(committable()).isZero();
        context.written.complete(null);
        awaitCommittable(2);

        assertThat(context.letters).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("pbx-east|1.1");
            assertThat(letter.value()).isEqualTo(delivered.get(0).value());
            assertThat(letter).isNotSameAs(delivered.get(0));
        });
        assertThat(context.header("stage")).isEqualTo("sink");
        assertThat(context.header("pbx")).isEqualTo("pbx-east");
        assertThat(context.header("topic")).isEqualTo(Calls.TOPIC);
        assertThat(context.header("partition")).isEqualTo("0");
        assertThat(context.header("offset")).isEqualTo("0");
        assertThat(context.header("status")).isEqualTo("422");
        assertThat(context.header("attempts")).isEqualTo("1");
        assertThat(context.header("idempotency.key").toString()).startsWith("pbx-east/1.1/7/");
        assertThat(context.header("reason").toString()).startsWith("HTTP 422");
    }

    @Test
    void aRecordThatIsNoDocumentBecomesALetter() {
        start(Map.of());
        put(Calls.record("nonsense", "{}", 0, 0, 0));
        awaitCommittable(1);

        assertThat(context.header("reason").toString())
                .isEqualTo("not a call document: call key 'nonsense' is not pbx|linkedid");
        assertThat(context.header("pbx")).isNull();
        assertThat(context.header("status")).isNull();
    }

    @Test
    void aLetterThatWasReplayedInVainHasOneSetOfHeaders() {
        SinkRecord replayed = Calls.record("nonsense", "{}", 0, 0, 0);
        replayed.headers().addString("sipstack.dlq.reason", "an earlier one").addString("trace", "kept");
        start(Map.of());
        put(replayed);
        awaitCommittable(1);

        assertThat(context.letters.get(0).headers())
                .extracting(Header::key)
                .containsOnlyOnce("sipstack.dlq.reason", "trace");
        assertThat(context.header("reason").toString()).startsWith("not a call document");
    }

    @Test
    void withoutADeadLetterTopicARejectedDocumentStopsTheTask() {
        context.deadLetterTopic = false;
        start(Map.of());

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> put(Calls.record("nonsense", "{}", 0, 42, 0)))
                .withMessageContaining("topic asterisk.calls, partition 0, offset 42");
    }

    @Test
    void aLetterThatCannotBeWrittenStopsTheTask() {
        context.written = CompletableFuture.failedFuture(new IOException("disk full"));
        start(Map.of());

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> put(Calls.record("nonsense", "{}", 0, 42, 0)))
                .withMessageContaining("offset 42")
                .withCauseInstanceOf(IOException.class);
        assertThat(committable()).isEqualTo(42);
    }

    @Test
    void aDocumentWhoseTimeIsUpGoesToTheDeadLetterTopic() {
        api.faults().add(Fault.status(503));
        start(Map.of("retry.timeout.ms", "200"));
        put(Calls.revision("1.1", 1, 0));
        awaitCommittable(1);

        assertThat(context.header("reason").toString()).startsWith("not accepted within PT0.2S, at last HTTP 503");
        assertThat(Integer.parseInt(context.header("attempts").toString())).isGreaterThan(1);
    }

    @Test
    void documentsWaitUntilTheApiKeyIsMended() {
        api.faults().add(Fault.status(401).withTimes(3), Fault.status(403).withTimes(2));
        start(Map.of());
        put(Calls.revision("1.1", 1, 0));
        awaitCommittable(1);

        assertThat(call("1.1").documents()).isEqualTo(1);
        assertThat(context.letters).isEmpty();
    }

    @Test
    void aRateLimitHoldsAllDocuments() {
        api.faults().add(Fault.status(429, "1").withTimes(1));
        start(Map.of("max.in.flight", "1"));
        Instant sent = Instant.now();
        put(Calls.revision("1.1", 1, 0), Calls.revision("1.2", 1, 1), Calls.revision("1.3", 1, 2));
        awaitCommittable(3);

        assertThat(api.calls())
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.firstReceivedAt()).isAfterOrEqualTo(sent.plusSeconds(1)));
    }

    @Test
    void readingPausesWhileTooManyDocumentsWait() {
        api.faults().add(Fault.status(503));
        start(Map.of("max.queued.documents", "4"));
        put(Calls.revision("1.1", 1, 0), Calls.revision("1.2", 1, 1), Calls.revision("1.3", 1, 2));
        assertThat(context.paused).isEmpty();

        put(Calls.revision("1.4", 1, 3));
        assertThat(context.paused).containsExactly(RecordingContext.PARTITION);
        assertThat(context.timeoutMs).isEqualTo(100);

        api.faults().clear();
        awaitCommittable(4);
        assertThat(context.paused).isEmpty();
    }

    @Test
    void aLostPartitionsDocumentsAreDroppedOnceThoseInFlightHaveEnded() {
        api.faults().add(Fault.delay(Duration.ofMillis(500)).withTimes(1));
        start(Map.of("supersede.waiting", "false"));
        put(Calls.revision("1.1", 1, 0), Calls.revision("1.1", 2, 1));
        await().until(() -> api.stats().documents() == 1);

        task.close(List.of(RecordingContext.PARTITION));
        task.open(List.of(RecordingContext.PARTITION));
        put(Calls.revision("1.1", 1, 0), Calls.revision("1.1", 2, 1));
        awaitCommittable(2);

        assertThat(call("1.1").revisions()).containsExactly(1L, 1L, 2L);
        assertThat(call("1.1").duplicates()).isEqualTo(1);
    }

    @Test
    void aRequestThatOutlastsTheGraceIsCancelled() {
        api.faults().add(Fault.delay(Duration.ofSeconds(20)).withTimes(1));
        start(Map.of("close.timeout.ms", "100"));
        put(Calls.revision("1.1", 1, 0));
        await().until(() -> api.stats().documents() == 1);

        task.close(List.of(RecordingContext.PARTITION));
        task.open(List.of(RecordingContext.PARTITION));
        put(Calls.revision("1.1", 1, 0));

        awaitCommittable(1);
    }

    @Test
    void aRecordWithoutAValueIsPassedOver() {
        start(Map.of());
        put(Calls.record("pbx-east|1.1", null, 0, 0, 0));

        assertThat(committable()).isEqualTo(1);
        assertThat(context.timeoutMs).isEqualTo(-1);
    }

    private void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("api.key", Calls.API_KEY);
        all.put("api.url", api.uri().toString());
        all.put("retry.backoff.ms", "20");
        all.put("retry.backoff.max.ms", "100");
        all.putAll(settings);
        task.initialize(context);
        task.start(all);
        task.open(List.of(RecordingContext.PARTITION));
    }

    private void put(SinkRecord... records) {
        delivered.addAll(Arrays.asList(records));
        task.put(Arrays.asList(records));
    }

    /** What a worker does at least every 100 ms while it is asked to. */
    private RecordingContext tick() {
        task.put(List.of());
        return context;
    }

    private void awaitCommittable(long offset) {
        await().atMost(Duration.ofSeconds(15)).until(() -> committable() == offset);
    }

    private long committable() {
        tick();
        long next = delivered.get(delivered.size() - 1).kafkaOffset() + 1;
        return task.preCommit(Map.of(RecordingContext.PARTITION, new OffsetAndMetadata(next)))
                .get(RecordingContext.PARTITION)
                .offset();
    }

    private ReceivedCall call(String linkedid) {
        return api.call(HOSTNAME, linkedid).orElse(null);
    }
}
