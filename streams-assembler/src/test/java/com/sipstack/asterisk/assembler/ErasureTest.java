package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.ForgetOrder;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are to be forgotten. */
class ErasureTest extends TopologyFixture {
    private static final CallKey CALL = new CallKey(PBX, "1795305288.0");
    private static final String CALLER = "4165551234";
    private static final Duration LATE_WINDOW = Duration.ofHours(6);
    private static final Duration HISTORY_WINDOW = Duration.ofDays(7);

    private final List<Row> rows = calls.get(CALL);

    @ParameterizedTest
    @EnumSource(CallState.Stage.class)
    void nothingThatACallSaidIsLeftWhateverItsStage(CallState.Stage stage) {
        tell(stage);
        documents();

        forget(CALL);
        // A recording that had not found its call yet looks for it every five seconds
        pass(Duration.ofSeconds(5).plus(A_MOMENT));

        assertThat(written(TOPICS.calls())).singleElement().satisfies(tombstone -> {
            assertThat(tombstone.key()).isEqualTo(CALL.toString());
            assertThat(tombstone.value()).isNull();
        });
        List.of(CallStores.ROWS, CallStores.PACKS, CallStores.OPEN, CallStores.CHANNELS, CallStores.TIES)
                .forEach(store -> assertThat(isEmpty(store)).as(store).isTrue());
        assertThat(isEmpty(CallStores.RECORDINGS)).isTrue();
        assertThat(isEmpty(CallStores.RECORDING_TIMERS)).isTrue();
        CallStores.builders(true)
                .forEach(store ->
                        assertThat(String.join("\n", contents(store.name()))).doesNotContain(CALLER));
    }

    private void tell(CallState.Stage stage) {
        find(CALL.linkedid());
        write(stage == CallState.Stage.OPEN ? rows.subList(0, rows.size() / 2) : rows);
        pass(stage == CallState.Stage.OPEN ? A_MOMENT : COMPLETE_AFTER.plus(A_MOMENT));
        if (stage == CallState.Stage.HISTORY) {
            pass(LATE_WINDOW);
            pass(A_MOMENT);
        }
        assertThat(contents(CallStores.CALLS)).isNotEmpty();
    }

    @Test
    void aRowThatComesAfterwardsTellsNothingAndIsSaidToHaveCome() {
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        forget(CALL);
        written(TOPICS.calls());

        write(legs(rows));
        pass(LATE_WINDOW);

        assertThat(written(TOPICS.calls())).isEmpty();
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
        assertThat(written(TOPICS.dlq()))
                .hasSameSizeAs(legs(rows))
                .allSatisfy(letter -> assertThat(letter.value()).isNull());
        write(legs(rows));
        assertThat(letters()).allSatisfy(letter -> {
            assertThat(letter.reason()).startsWith("forgotten: ").endsWith(CALL.linkedid());
            assertThat(letter.position()).isNotNull();
        });
    }

    @Test
    void aRecordingOfItIsNotUploadedWhetherItWaitedOrComesLater() {
        write(rows.subList(0, rows.size() / 2));
        find(CALL.linkedid());
        forget(CALL);
        find(CALL.linkedid());
        pass(Duration.ofMinutes(5));

        assertThat(written(TOPICS.recordingsReady())).isEmpty();
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).startsWith("forgotten: ");
            assertThat(letter.toHeaders().toString()).doesNotContain(CALLER);
        });
    }

    @Test
    void aCallThatChannelsWentOverToIsForgottenWithIt() {
        CallKey other = new CallKey(PBX, "1795305311.53");
        Map<String, String> moved = Map.of("uniqueid", CALL.linkedid());
        write(events(rows));
        write(List.of(with(events(calls.get(other)).get(0), moved)));

        forget(CALL);

        assertThat(written(TOPICS.calls()).stream().map(TestRecord::key)).contains(CALL.toString(), other.toString());
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
        assertThat(isEmpty(CallStores.TIES)).isTrue();
    }

    /** More than are told together: whichever of them told of it must not go on telling. */
    @Test
    void howeverManyCallsOneIsTiedToAllAreForgottenWithIt() {
        Row first = events(rows).get(0);
        write(List.of(first));
        for (int other = 1; other <= 100; other++) {
            write(List.of(with(first, Map.of("linkedid", "1795305300." + other, "position", 100_000 + other))));
        }

        forget(CALL);

        assertThat(written(TOPICS.calls()).stream().map(TestRecord::key).distinct())
                .hasSize(101);
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
        assertThat(isEmpty(CallStores.TIES)).isTrue();
    }

    @Test
    void theOthersGoOnAndAnOrderThatIsReadTwiceDoesTheSameAgain() {
        calls.values().forEach(this::write);
        forget(CALL);
        forget(CALL);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<TestRecord<String, byte[]>> written = written(TOPICS.calls());
        assertThat(written.stream().filter(record -> record.value() == null).map(TestRecord::key))
                .containsOnly(CALL.toString())
                .hasSize(2);
        assertThat(written.stream().filter(record -> record.value() != null).map(TestRecord::key))
                .doesNotContain(CALL.toString())
                .hasSizeGreaterThan(70);
        assertThat(letters()).isEmpty();
    }

    @Test
    void thatItWasForgottenIsItselfForgottenWithTheHistory() {
        write(rows);
        forget(CALL);
        pass(LATE_WINDOW.plus(HISTORY_WINDOW).plus(A_MOMENT));
        pass(A_MOMENT);

        assertThat(isEmpty(CallStores.CALLS)).isTrue();
        assertThat(isEmpty(CallStores.TIMERS)).isTrue();
    }

    @Test
    void anOrderThatNamesNoCallIsALetter() {
        input(TOPICS.cel()).pipeInput(new TestRecord<>("no name", null, new ForgetOrder(CALL).headers(), now));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("names none"));
    }

    private void forget(CallKey call) {
        input(TOPICS.cel()).pipeInput(new TestRecord<>(call.pbx(), null, new ForgetOrder(call).headers(), now));
    }

    private void find(String uniqueid) {
        String path = "/var/spool/asterisk/monitor/in-16475550101-" + CALLER + "-" + uniqueid + ".wav";
        Map<String, Object> columns = new HashMap<>();
        columns.putAll(Map.of("pbx", PBX, "source", "recording", "origin", path, "position", 1_795_305_297_000_000L));
        columns.putAll(Map.of("file_path", path, "file_name", path, "file_size", 96_364L, "uniqueid", uniqueid));
        try {
            byte[] json = new ObjectMapper()
                    .writeValueAsBytes(Recording.MAPPING.toColumns(Recording.MAPPING.fromColumns(columns)));
            input(TOPICS.recordings()).pipeInput(new TestRecord<>(PBX, json, now));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<TestRecord<String, byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** All that a store has, as text. */
    private List<String> contents(String store) {
        List<String> contents = new ArrayList<>();
        try (KeyValueIterator<Object, Object> entries =
                driver.<Object, Object>getKeyValueStore(store).all()) {
            entries.forEachRemaining(entry -> contents.add(
                    entry.key + " " + (entry.value instanceof byte[] bytes ? new String(bytes, UTF_8) : entry.value)));
        }
        return contents;
    }
}
