package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedBatch;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task against a real API server, driven the way a Connect worker does. */
class RawSinkTaskTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String A_DAY = "86400000";

    private final RecordingContext context = new RecordingContext();
    private final RawSinkTask task = new RawSinkTask();
    private StubApi api = StubApi.start();
    private long delivered;

    @AfterEach
    void stop() {
        task.stop();
        api.close();
    }

    @Test
    void aFullBatchOfCdrsIsAnArrayAndGoesAtOnce() {
        start(Map.of("batch.size", "3", "batch.timeout.ms", A_DAY, "batch.force.timeout.ms", A_DAY));
        put(RawRecords.cdr("1.1"), RawRecords.cdr("1.2"), RawRecords.cdr("1.3"), RawRecords.cdr("1.4"));

        await().atMost(LIMIT).until(() -> committable() == 3);

        assertThat(api.rawBatches()).singleElement().satisfies(batch -> {
            assertThat(batch.hostname()).isEqualTo(RawRecords.HOSTNAME);
            assertThat(batch.idempotencyKey().orElseThrow()).matches("pbx-east/raw/3/[0-9a-f]{32}");
            assertThat(batch.json()).startsWith("[{\"src\":").contains("\"billsec\":6.10");
            assertThat(uniqueids(batch)).containsExactly("1.1", "1.2", "1.3");
        });
    }

    @Test
    void withAnEventInItABatchIsAnObjectOfBothKinds() {
        start(Map.of("batch.size", "3"));
        put(RawRecords.cdr("1.1"), RawRecords.cel("1.1", 7), RawRecords.cdr("1.2"));

        awaitAllHandled();

        assertThat(api.rawBatches())
                .singleElement()
                .extracting(ReceivedBatch::json)
                .asString()
                .matches("\\{\"cdrs\":\\[\\{.*1\\.1.*},\\{.*1\\.2.*}],\"cels\":\\[\\{\"id\":7,.*}]}");
    }

    @Test
    void aQuietPbxDoesNotHoldItsLastRecordsBack() {
        start(Map.of("batch.timeout.ms", A_DAY, "batch.force.timeout.ms", "200"));
        put(RawRecords.cdr("1.1"), RawRecords.cdr("1.2"));

        awaitAllHandled();

        assertThat(api.rawBatches()).hasSize(1);
    }

    @Test
    void aBatchThatRecordsKeepJoiningGoesAtItsTimeout() {
        start(Map.of("batch.timeout.ms", "300", "batch.force.timeout.ms", A_DAY));

        await().atMost(LIMIT).until(() -> {
            put(RawRecords.cdr("1." + delivered));
            return !api.rawBatches().isEmpty();
        });
    }

    @Test
    void noRecordWaitsOnceReadingIsPaused() {
        start(Map.of("batch.timeout.ms", A_DAY, "batch.force.timeout.ms", A_DAY, "max.queued.records", "5"));
        put(IntStream.range(0, 5).mapToObj(i -> RawRecords.cdr("1." + i)).toArray(String[]::new));

        awaitAllHandled();
    }

    @Test
    void directModeSendsEachRecordAlone() {
        start(Map.of("raw.mode", "direct"));
        put(RawRecords.cdr("1.1"), RawRecords.cel("1.1", 7), RawRecords.cdr("1.2"));

        awaitAllHandled();

        assertThat(api.rawBatches()).hasSize(3).allMatch(batch -> batch.records() == 1);
    }

    @Test
    void pbxsDoNotShareABatch() {
        start(Map.of("batch.size", "2"));
        put(
                RawRecords.cdr("pbx-east", "1.1", "inbound"),
                RawRecords.cdr("pbx-west", "1.1", "inbound"),
                RawRecords.cdr("pbx-east", "1.2", "inbound"),
                RawRecords.cdr("pbx-west", "1.2", "inbound"));

        awaitAllHandled();

        assertThat(api.rawBatches())
                .extracting(ReceivedBatch::hostname)
                .containsExactlyInAnyOrder("pbx-east.example", "pbx-west.example");
    }

    @Test
    void aBatchHoldsNoMoreBytesThanAllowed() {
        start(Map.of("batch.bytes", "1024", "batch.force.timeout.ms", "200"));
        put(IntStream.range(0, 30).mapToObj(i -> RawRecords.cdr("1." + i)).toArray(String[]::new));

        awaitAllHandled();

        assertThat(api.rawBatches())
                .hasSizeGreaterThan(5)
                .allSatisfy(batch -> assertThat(batch.json().length()).isLessThan(1_100));
    }

    @Test
    void onlyTheBadRecordOfARefusedBatchBecomesALetter() {
        start(Map.of("batch.size", "50"));
        put(IntStream.range(0, 50)
                .mapToObj(i -> RawRecords.cdr("pbx-east", "1." + i, i == 33 ? "sideways" : "inbound"))
                .toArray(String[]::new));

        awaitAllHandled();

        assertThat(api.stats().rawRecords()).isEqualTo(49);
        assertThat(api.rawBatches().stream().flatMap(batch -> uniqueids(batch).stream()))
                .hasSize(49)
                .doesNotHaveDuplicates()
                .doesNotContain("1.33");
        assertThat(context.letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.value())
                        .isEqualTo(
                                RawRecords.cdr("pbx-east", "1.33", "sideways").getBytes(StandardCharsets.UTF_8)));
        assertThat(context.header("stage")).isEqualTo("sink");
        assertThat(context.header("pbx")).isEqualTo("pbx-east");
        assertThat(context.header("status")).isEqualTo("422");
        assertThat(context.header("offset")).isEqualTo("33");
        assertThat(context.header("idempotency.key").toString()).startsWith("pbx-east/raw/1/");
        assertThat(Integer.parseInt(context.header("attempts").toString())).isBetween(6, 7);
    }

    @Test
    void aBatchThatIsTooLargeForTheApiIsHalved() {
        restartApi(StubApiConfig.defaults().withMaxBodyBytes(2_000));
        start(Map.of("batch.size", "40"));
        put(IntStream.range(0, 40).mapToObj(i -> RawRecords.cdr("1." + i)).toArray(String[]::new));

        awaitAllHandled();

        assertThat(api.stats().rawRecords()).isEqualTo(40);
        assertThat(context.letters).isEmpty();
    }

    @Test
    void aRecordOverWhichTheApiFailsIsFoundOutAndDelaysNoOther() {
        api.faults().add(Fault.status(500).withLinkedid("1.7"));
        start(Map.of(
                "batch.size", "10",
                "retry.backoff.max.ms", "50",
                "bad.record.attempts", "3",
                "bad.record.duration.ms", "0",
                "bad.record.pass.share", "0.5"));
        put(IntStream.range(0, 40).mapToObj(i -> RawRecords.cdr("1." + i)).toArray(String[]::new));
        await().atMost(LIMIT).until(() -> {
            put(RawRecords.cdr("2." + delivered));
            return api.rawBatches().stream().mapToInt(RawSinkTaskTest::oldOnes).sum() == 39;
        });

        await().atMost(LIMIT).until(() -> {
            put(RawRecords.cdr("2." + delivered));
            return !tick().letters.isEmpty();
        });
        assertThat(context.letters).hasSize(1);
        assertThat(context.header("offset")).isEqualTo("7");
        assertThat(context.header("reason").toString()).contains("times while others passed, at last HTTP 500");
    }

    @Test
    void aBatchIsSentAgainUnderTheSameKey() {
        api.faults().add(Fault.loseAnswer().withTimes(2), Fault.status(503).withTimes(1));
        start(Map.of("batch.size", "2"));
        put(RawRecords.cdr("1.1"), RawRecords.cdr("1.2"));

        awaitAllHandled();

        assertThat(api.rawBatches()).hasSize(3);
        assertThat(api.rawBatches().stream().map(ReceivedBatch::idempotencyKey).distinct())
                .hasSize(1);
    }

    @Test
    void twoEventsThatSayTheSameHaveKeysOfTheirOwn() {
        start(Map.of("raw.mode", "direct"));
        String first = RawRecords.cdr("1.1");
        put(first, RawRecords.occurrence(2, first), RawRecords.occurrence(3, first));

        awaitAllHandled();

        assertThat(api.rawBatches().stream().map(ReceivedBatch::json).distinct())
                .hasSize(1);
        assertThat(api.rawBatches().stream().map(batch -> batch.idempotencyKey().orElseThrow()))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .contains("pbx-east/raw/1/"
                        + Sha256.of(api.rawBatches().get(0).json()).substring(0, 32));
    }

    @Test
    void anAcceptanceWithoutABodyCounts() {
        api.faults().add(Fault.status(204));
        start(Map.of("batch.size", "1"));
        put(RawRecords.cdr("1.1"));

        awaitAllHandled();
        assertThat(context.letters).isEmpty();
    }

    @Test
    void aRefusedKeyStopsAllButOneRequestAndBuriesNothing() {
        api.faults().add(Fault.status(401));
        start(Map.of("raw.mode", "direct", "retry.backoff.max.ms", "100"));
        put(IntStream.range(0, 100).mapToObj(i -> RawRecords.cdr("1." + i)).toArray(String[]::new));
        await().atMost(LIMIT).until(() -> api.stats().requests() > 15);
        assertThat(committable()).isZero();

        api.faults().clear();
        awaitAllHandled();

        assertThat(api.stats().rawRecords()).isEqualTo(100);
        assertThat(context.letters).isEmpty();
    }

    @Test
    void aRecordWhoseTimeIsUpBecomesALetterAfterOneMoreAttempt() {
        api.faults().add(Fault.status(503));
        start(Map.of("batch.size", "2", "retry.timeout.ms", "3600000"));
        long old = Instant.now().minusSeconds(3_601).toEpochMilli();
        putAll(List.of(
                RawRecords.record(RawRecords.cdr("1.1"), delivered++, old),
                RawRecords.record(RawRecords.cdr("1.2"), delivered++)));

        await().atMost(LIMIT).until(() -> tick().letters.size() == 1);

        assertThat(context.header("reason").toString()).startsWith("not accepted within PT1H, at last HTTP 503");
        assertThat(context.header("offset")).isEqualTo("0");
        assertThat(committable()).isEqualTo(1);
    }

    @Test
    void whatIsNoRawRecordBecomesALetter() {
        start(Map.of("batch.size", "1"));
        put("[]", "{\"kind\":\"fax\",\"pbx\":\"p\"}", "{\"kind\":\"cdr\",\"pbx\":\"p\",\"record\":{}}", "no JSON");

        awaitAllHandled();

        assertThat(context.letters)
                .extracting(letter ->
                        letter.headers().lastWithName("sipstack.dlq.reason").value())
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("not a raw record: the kind is neither cdr nor cel"),
                        reason -> assertThat(reason).isEqualTo("not a raw record: the kind is neither cdr nor cel"),
                        reason -> assertThat(reason).isEqualTo("not a raw record: there is no hostname"),
                        reason -> assertThat(reason.toString()).startsWith("not a raw record: the value is not JSON"));
    }

    @Test
    void aPartitionThatIsTakenAwayTakesItsWaitingRecordsAlong() {
        start(Map.of("batch.size", "2", "batch.timeout.ms", A_DAY, "batch.force.timeout.ms", A_DAY));
        put(RawRecords.cdr("1.1"));

        task.close(List.of(RecordingContext.PARTITION));
        task.open(List.of(RecordingContext.PARTITION));
        delivered = 0;
        put(RawRecords.cdr("1.1"), RawRecords.cdr("1.2"));
        put(RawRecords.cdr("1.3"));

        await().atMost(LIMIT).until(() -> committable() >= 2);
        assertThat(api.rawBatches().stream().flatMap(batch -> uniqueids(batch).stream()))
                .contains("1.1", "1.2")
                .doesNotHaveDuplicates();
    }

    private void restartApi(StubApiConfig config) {
        api.close();
        api = StubApi.start(config);
    }

    private void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "api.key",
                Calls.API_KEY,
                "api.url",
                api.uri().toString(),
                "retry.backoff.ms",
                "20",
                "retry.backoff.max.ms",
                "200"));
        all.putAll(settings);
        task.initialize(context);
        task.start(all);
        task.open(List.of(RecordingContext.PARTITION));
    }

    private void put(String... values) {
        putAll(Arrays.stream(values)
                .map(value -> RawRecords.record(value, delivered++))
                .toList());
    }

    private void putAll(Collection<SinkRecord> records) {
        task.put(new ArrayList<>(records));
    }

    private RecordingContext tick() {
        task.put(List.of());
        return context;
    }

    private long committable() {
        tick();
        return task.preCommit(Map.of(RecordingContext.PARTITION, new OffsetAndMetadata(delivered)))
                .get(RecordingContext.PARTITION)
                .offset();
    }

    private void awaitAllHandled() {
        await().atMost(LIMIT).until(() -> committable() == delivered);
    }

    private static List<String> uniqueids(ReceivedBatch batch) {
        try {
            return new ObjectMapper().readTree(batch.json()).findValuesAsText("uniqueid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int oldOnes(ReceivedBatch batch) {
        return (int) uniqueids(batch).stream().filter(id -> id.startsWith("1.")).count();
    }
}
