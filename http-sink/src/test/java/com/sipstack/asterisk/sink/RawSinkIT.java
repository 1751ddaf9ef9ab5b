package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedBatch;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connector of raw records in a real worker, between a real broker and a real API server. */
class RawSinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
    void everyRecordOfEveryPbxArrivesOnce() throws Exception {
        List<String> pbxs = List.of("pbx-east", "pbx-west", "pbx-north");
        for (String pbx : pbxs) {
            pipeline.produce(pbx, cdrs(pbx, 700));
        }
        start(Map.of("tasks.max", "2"));

        awaitAllHandled();

        assertThat(arrivals()).hasSize(2_100).doesNotHaveDuplicates();
        assertThat(api.rawBatches())
                .hasSizeBetween(12, 60)
                .allSatisfy(batch -> assertThat(batch.records()).isBetween(1, 200));
        assertThat(api.refusals()).isEmpty();
    }

    @Test
    void aRestartInTheMiddleOfAStormLosesNothing() throws Exception {
        api.faults()
                .add(
                        Fault.delay(Duration.ofMillis(100)),
                        Fault.status(503).withShare(0.2),
                        Fault.resetAfterBody().withShare(0.2),
                        Fault.loseAnswer().withShare(0.2));
        pipeline.produce("pbx-east", cdrs("pbx-east", 500));
        start(Map.of("batch.size", "10"));
        await().atMost(LIMIT).until(() -> api.stats().rawRecords() > 100);

        pipeline.stopConnector();
        api.faults().clear();
        start(Map.of("batch.size", "10"));

        awaitAllHandled();
        assertThat(arrivals().distinct()).hasSize(500);
    }

    @Tag("long")
    @Test
    void aWorkerThatIsKilledInTheMiddleOfAStormLosesNothing() throws Exception {
        List<String> pbxs = List.of("pbx-east", "pbx-west", "pbx-north");
        api.faults()
                .add(
                        Fault.delay(Duration.ofMillis(100)),
                        Fault.status(503).withShare(0.2),
                        Fault.resetAfterBody().withShare(0.2),
                        Fault.loseAnswer().withShare(0.2));
        try (WorkerProcess doomed = WorkerProcess.start(cluster.bootstrapServers())) {
            start(Map.of("tasks.max", "3", "batch.size", "200"));
            await().atMost(Duration.ofMinutes(3)).until(() -> pipeline.workers() == 2);
            for (String pbx : pbxs) {
                pipeline.produce(pbx, cdrs(pbx, 1_500));
            }
            await().atMost(LIMIT).until(() -> api.stats().rawRecords() > 400);
            assertThat(pipeline.lag()).isPositive();
            doomed.kill();
        }

        await().atMost(Duration.ofMinutes(5)).until(pipeline::lag, lag -> lag == 0);
        // The API remembers its latest hundred batches only
        assertThat(api.rawBatches()).hasSizeLessThan(100);
        assertThat(arrivals().distinct()).hasSize(4_500);
        assertThat(pipeline.letters()).isZero();
    }

    @Test
    void onlyTheBadRecordOfABatchGoesToTheDeadLetterTopic() throws Exception {
        List<String> values = new ArrayList<>(cdrs("pbx-east", 150));
        values.set(77, RawRecords.cdr("pbx-east", "pbx-east.77", "sideways"));
        values.add(RawRecords.cel("pbx-east.0", 1));
        pipeline.produce("pbx-east", values);
        start(Map.of());

        ConsumerRecord<String, byte[]> letter = pipeline.awaitLetter(LIMIT);

        awaitAllHandled();
        assertThat(arrivals()).hasSize(150).doesNotContain("pbx-east.77");
        assertThat(letter.key()).isEqualTo("pbx-east");
        assertThat(letter.value()).asString().isEqualTo(values.get(77));
        Map<String, byte[]> headers = SinkCluster.headers(letter);
        DeadLetter envelope = DeadLetter.fromHeaders(headers);
        assertThat(envelope.stage()).isEqualTo("sink");
        assertThat(envelope.reason()).startsWith("HTTP 422");
        assertThat(envelope.pbx()).isEqualTo("pbx-east");
        assertThat(envelope.topic()).isEqualTo(pipeline.topic());
        assertThat(envelope.offset()).isEqualTo(77);
        assertThat(headers.get("sipstack.dlq.idempotency.key")).asString().startsWith("pbx-east/raw/1/");
        assertThat(pipeline.metric("shipped-total")).isEqualTo(150);
        assertThat(pipeline.metric("cdrs-shipped-total")).isEqualTo(149);
        assertThat(pipeline.metric("cdrs-failed-total")).isEqualTo(1);
    }

    private void start(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(
                Map.of("connector.class", RawSinkConnector.class.getName(), "batch.force.timeout.ms", "500"));
        all.putAll(settings);
        pipeline.startConnector(all);
    }

    private void awaitAllHandled() {
        await().atMost(LIMIT).until(pipeline::lag, lag -> lag == 0);
    }

    private static List<String> cdrs(String pbx, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> RawRecords.cdr(pbx, pbx + "." + i, "inbound"))
                .toList();
    }

    /** The uniqueids of all records that arrived, repeats too. */
    private Stream<String> arrivals() {
        return api.rawBatches().stream().flatMap(RawSinkIT::uniqueids);
    }

    private static Stream<String> uniqueids(ReceivedBatch batch) {
        try {
            return new ObjectMapper().readTree(batch.json()).findValuesAsText("uniqueid").stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
