package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.StubApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is the API's fault and what a document's, over real HTTP, in a time that runs fast. */
class CallSinkOutageTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Fault DOWN = Fault.status(503);

    private final StubApi api = StubApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aDocumentThatFailsAloneIsPutAsideAndDelaysNobody() {
        FastTime time = new FastTime(200);
        api.faults().add(Fault.status(500).withLinkedid("1.100"));
        try (DrivenTask task = task(time, Map.of())) {
            await().atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        task.readUpTo(task.context.letters.isEmpty() ? Long.MAX_VALUE : 10_000);
                        return task.read() >= 10_000
                                && !task.context.letters.isEmpty()
                                && task.committable() == task.read();
                    });

            assertThat(task.context.letters).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(Calls.key("1.100"));
                assertThat(task.context.header("status")).isEqualTo("500");
                assertThat(task.context.header("reason").toString()).contains("times while others passed");
                assertThat(Integer.parseInt(task.context.header("attempts").toString()))
                        .isGreaterThanOrEqualTo(10);
            });
            assertThat(time.passed()).isGreaterThan(Duration.ofMinutes(10));
            assertThat(api.stats().calls()).isEqualTo(task.read() - 1);
            assertThat(api.stats().duplicates()).isZero();
        }
    }

    @Test
    void anOutageOfAnHourDropsNothingAndHammersNobody() {
        outage(new FastTime(1_000), Duration.ofHours(1), 3_000);
    }

    @Tag("long")
    @Test
    void anOutageOfADayTakesNoMoreMemoryThanItsFirstHours() {
        outage(new FastTime(1_000), Duration.ofDays(1), 5_000);
    }

    private void outage(FastTime time, Duration length, int documents) {
        api.faults().add(DOWN);
        try (DrivenTask task = task(time, Map.of())) {
            await().atMost(LIMIT)
                    .until(() -> !task.readUpTo(documents).context.paused.isEmpty());
            long held = usedHeap();
            Duration end = time.passed().plus(length);
            await().atMost(LIMIT)
                    .until(() ->
                            task.readUpTo(documents) != null && time.passed().compareTo(end) >= 0);

            assertThat(usedHeap() - held).isLessThan(16 * 1024 * 1024);
            assertThat(task.committable()).isZero();
            assertThat(task.context.letters).isEmpty();
            // Three trials every half minute or so, and a burst before the circuit opened
            assertThat(api.stats().requests()).isLessThan(100 + time.passed().toSeconds() / 3);

            api.faults().clear();
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> task.readUpTo(documents).committable() == documents);
            assertThat(api.stats().calls()).isEqualTo(documents);
            assertThat(task.context.letters).isEmpty();
        }
    }

    @Test
    void whatIsTooOldGoesToTheDeadLetterTopicAlsoWhileNothingMayBeSent() {
        FastTime time = new FastTime(40_000);
        api.faults().add(DOWN);
        try (DrivenTask task = task(time, Map.of())) {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> task.readUpTo(20).committable() == 20);

            assertThat(time.passed()).isGreaterThan(Duration.ofDays(2));
            assertThat(task.context.letters).hasSize(20);
            assertThat(task.context.header("reason").toString())
                    .startsWith("not accepted within PT48H, at last HTTP 503");
        }
    }

    @Test
    void aRefusedKeyStopsEverythingButOneProbeAtATime() {
        FastTime time = new FastTime(100);
        api.faults().add(Fault.status(401));
        try (DrivenTask task = task(time, Map.of())) {
            await().atMost(LIMIT)
                    .until(() ->
                            task.readUpTo(500).read() == 500 && time.passed().toMinutes() >= 10);

            // The first four, and then one by one, half a minute apart
            assertThat(api.stats().requests()).isBetween(5L, 100L);
            assertThat(task.context.letters).isEmpty();

            api.faults().clear();
            await().atMost(LIMIT).until(() -> task.readUpTo(500).committable() == 500);
            assertThat(task.context.letters).isEmpty();
        }
    }

    @Test
    void whenOurRateIsLimitedCallsThatHaveEndedGoFirst() {
        List<Boolean> completes = new CopyOnWriteArrayList<>();
        api.onDocument(document -> completes.add(document.phase().equals("complete")));
        // Tier 2: 300 a minute, five at once
        Map<String, String> tiered = Map.of("api.key", "sk_t2_c42_01234567890123456789");
        try (DrivenTask task = task(new FastTime(1), tiered)) {
            await().atMost(LIMIT).until(() -> task.readUpTo(30).committable() == 30);
        }

        assertThat(completes).hasSize(30);
        assertThat(completes.lastIndexOf(true)).isLessThan(15);
        assertThat(api.stats().duplicates()).isZero();
    }

    private DrivenTask task(FastTime time, Map<String, String> settings) {
        DrivenTask task = new DrivenTask(time, offset -> document(time, offset));
        Map<String, String> all = new HashMap<>(settings);
        all.put("api.url", api.uri().toString());
        task.start(all);
        return task;
    }

    /** Every third call has ended. */
    private static SinkRecord document(FastTime time, long offset) {
        String linkedid = "1." + offset;
        byte[] json = Calls.json(linkedid, 1, offset % 3 == 2).getBytes(StandardCharsets.UTF_8);
        return Calls.record(Calls.key(linkedid), json, 0, offset, time.millis());
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
