package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assembler without transactions dies, and its stores are ahead of what has arrived: what the next one makes of them. */
class SentInVainTest extends TopologyFixture {
    private static final CallKey CALL = new CallKey(PBX, "1795305288.0");
    private static final String FILE = "in-16475550101-4165551234-20261121-185448-1795305288.0.wav";
    /** Two minutes, the producer's time limit, and half a minute. */
    private static final Duration SURELY_ARRIVED = Duration.ofSeconds(152);

    @TempDir
    Path left;

    private final List<Row> rows = calls.get(CALL);

    @Override
    @BeforeEach
    void start() {
        start("at_least_once");
    }

    private void start(String guarantee) {
        start(Map.of("processing.guarantee", guarantee, "raw.enabled", "true"));
    }

    /** What was sent and not read is gone, the stores are there. */
    private void dieAndStartAgain() throws IOException {
        Path stores = directory.resolve("sipstack-assembler").resolve("0_0");
        Path disk = left.resolve("disk");
        // The driver deletes what is there when it ends: of the stores, the link
        Files.move(stores, disk);
        Files.createSymbolicLink(stores, disk);
        driver.close();
        Files.createDirectories(stores.getParent());
        Files.move(disk, stores);
        now = now.plus(A_MOMENT);
        start("at_least_once");
    }

    private List<TestRecord<String, byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<String> texts(String topic) {
        return read(topic).stream()
                .map(record -> record.key() + " " + new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private void complete() {
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
    }

    private void find() throws IOException {
        Map<String, Object> columns = new HashMap<>();
        columns.putAll(Map.of("pbx", PBX, "source", "recording", "origin", "/monitor", "position", 1L));
        columns.putAll(Map.of("file_path", "/monitor/" + FILE, "file_name", FILE, "uniqueid", CALL.linkedid()));
        byte[] json = new ObjectMapper()
                .writeValueAsBytes(Recording.MAPPING.toColumns(Recording.MAPPING.fromColumns(columns)));
        input(TOPICS.recordings()).pipeInput(new TestRecord<>(PBX, json, now));
    }

    @Test
    void aDocumentThatMayNotHaveArrivedIsToldAgainAsItWas() throws Exception {
        complete();
        List<String> lost = texts(TOPICS.calls());

        dieAndStartAgain();
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(lost).hasSize(1);
        assertThat(texts(TOPICS.calls())).isEqualTo(lost);
    }

    @Test
    void onlyTheLatestDocumentOfACallIsToldAgainAndTheNextOneFollowsIt() throws Exception {
        write(events(rows).subList(0, 8));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        dieAndStartAgain();
        pass(A_MOMENT);
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");

        write(legs(rows).stream().map(leg -> with(leg, Map.of("billsec", 3600))).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("3 complete");
    }

    @Test
    void whoDiesTwiceTellsItOnceMore() throws Exception {
        complete();
        List<String> lost = texts(TOPICS.calls());
        dieAndStartAgain();
        pass(A_MOMENT);
        dieAndStartAgain();
        pass(A_MOMENT);

        assertThat(texts(TOPICS.calls())).isEqualTo(lost);
    }

    @Test
    void rawRecordsAndRecordingsLeaveAgainToo() throws Exception {
        find();
        complete();
        List<String> raw = texts(TOPICS.raw());
        List<String> ready = texts(TOPICS.recordingsReady());
        dieAndStartAgain();
        pass(A_MOMENT);

        assertThat(raw).hasSameSizeAs(rows);
        assertThat(texts(TOPICS.raw())).isEqualTo(raw);
        assertThat(ready).hasSize(1);
        assertThat(texts(TOPICS.recordingsReady())).isEqualTo(ready);
    }

    @Test
    void whatHasArrivedLongSinceIsNotToldAgainAndNotKept() throws Exception {
        complete();
        pass(SURELY_ARRIVED);
        pass(SURELY_ARRIVED);
        documents();
        dieAndStartAgain();
        pass(A_MOMENT);

        assertThat(documents()).isEmpty();
        assertThat(texts(TOPICS.raw())).isEmpty();
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
    }

    @Test
    void transactionsKeepNothing() {
        driver.close();
        start("exactly_once_v2");
        complete();

        assertThat(isEmpty(CallStores.ROWS)).isTrue();
        try (KeyValueIterator<String, byte[]> states =
                driver.<String, byte[]>getKeyValueStore(CallStores.CALLS).all()) {
            assertThat(states).toIterable().extracting(entry -> entry.key).containsExactly(CALL.toString());
        }
    }

    private void clear(String store) {
        KeyValueStore<Bytes, byte[]> entries = driver.getKeyValueStore(store);
        try (KeyValueIterator<Bytes, byte[]> all = entries.all()) {
            all.forEachRemaining(entry -> entries.delete(entry.key));
        }
    }

    private void leaveTimer(String store, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer timer = ByteBuffer.allocate(Long.BYTES + text.length);
        timer.putLong(now.toEpochMilli()).put(text);
        driver.<Bytes, byte[]>getKeyValueStore(store).put(Bytes.wrap(timer.array()), StoreKeys.EMPTY);
    }

    @Test
    void aCallWhoseTimerWasNotSetIsToldWhenItsRowsAreReadAgain() throws Exception {
        write(rows);
        clear(CallStores.TIMERS);
        dieAndStartAgain();
        complete();

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    @Test
    void aRecordingWhoseTimerWasNotSetLeavesWhenItIsReadAgain() throws Exception {
        find();
        clear(CallStores.RECORDING_TIMERS);
        dieAndStartAgain();
        find();
        pass(Duration.ofHours(1));

        assertThat(read(TOPICS.recordingsReady())).hasSize(1);
    }

    @Test
    void timersOfWhatIsForgottenAreForgottenToo() throws Exception {
        leaveTimer(CallStores.TIMERS, CALL.toString());
        leaveTimer(CallStores.RECORDING_TIMERS, PBX + "\0/monitor/1");
        dieAndStartAgain();
        pass(A_MOMENT);

        assertThat(isEmpty(CallStores.TIMERS)).isTrue();
        assertThat(isEmpty(CallStores.RECORDING_TIMERS)).isTrue();
    }

    @Test
    void aTimerThatWasLeftBehindIsMovedToWhenItsCallIsDue() throws Exception {
        write(rows.subList(0, 4));
        clear(CallStores.TIMERS);
        leaveTimer(CallStores.TIMERS, CALL.toString());
        dieAndStartAgain();
        pass(A_MOMENT);
        assertThat(documents()).isEmpty();
        pass(INCOMPLETE_AFTER);

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 initial");
    }

    @Test
    void rowsThatAreKnownButWhoseCallIsNotAreToldWhenTheyAreReadAgain() throws Exception {
        write(rows);
        driver.<String, byte[]>getKeyValueStore(CallStores.CALLS).delete(CALL.toString());
        assertThat(isEmpty(CallStores.CALLS)).isTrue();
        KeyValueStore<Bytes, byte[]> timers = driver.getKeyValueStore(CallStores.TIMERS);
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            all.forEachRemaining(timer -> timers.delete(timer.key));
        }
        dieAndStartAgain();
        complete();

        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("1 complete");
    }

    @Test
    void rowsThatWerePackedBeforeTheCallsStateCouldSaySoAreToldStill() throws Exception {
        write(rows);
        byte[] open = driver.<String, byte[]>getKeyValueStore(CallStores.CALLS).get(CALL.toString());
        KeyValueStore<Bytes, byte[]> timers = driver.getKeyValueStore(CallStores.TIMERS);
        List<Bytes> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            all.forEachRemaining(timer -> due.add(timer.key));
        }
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        JsonNode told = documents().get(0);
        driver.<String, byte[]>getKeyValueStore(CallStores.CALLS).put(CALL.toString(), open);
        due.forEach(timer ->
                driver.<Bytes, byte[]>getKeyValueStore(CallStores.TIMERS).put(timer, StoreKeys.EMPTY));
        dieAndStartAgain();
        write(rows.subList(rows.size() - 1, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> again = documents();
        assertThat(again.get(again.size() - 1).get("call_threads")).isEqualTo(told.get("call_threads"));
    }

    @Test
    void aCdrThatComesHoursLateFindsTheDocumentThatWasToldAgain() throws Exception {
        write(events(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        dieAndStartAgain();
        pass(A_MOMENT);
        documents();
        for (int hour = 0; hour < 8; hour++) {
            pass(Duration.ofHours(1));
        }
        write(legs(rows));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters()).isEmpty();
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
    }
}
