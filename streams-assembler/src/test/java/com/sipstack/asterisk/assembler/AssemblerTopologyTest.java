package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblerTopologyTest {
    private static final String PBX = "pbx-east";
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration A_MOMENT = Duration.ofMillis(200);
    private static final Duration COMPLETE_AFTER = Duration.ofSeconds(5);
    private static final Duration INCOMPLETE_AFTER = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final AtomicLong readUpTo = new AtomicLong();
    private final Map<CallKey, List<Row>> calls = CorpusRows.calls(Corpus.PBX_20, PBX);
    private TopologyTestDriver driver;
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private boolean backlogIsRead = true;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("bootstrap.servers", "localhost:1");
        all.put("state.dir", directory.toString());
        all.put("country", "CA");
        AssemblerConfig config = new AssemblerConfig(all);
        driver = new TopologyTestDriver(
                AssemblerTopology.of(config, partition -> readUpTo.get()), config.streamsProperties(), now);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aCallIsCompleteWhenItHasBeenQuietAfterItsEnd() {
        CallKey call = anyAnsweredCall();
        write(calls.get(call));

        pass(COMPLETE_AFTER.minus(A_MOMENT));
        assertThat(documents()).isEmpty();

        pass(A_MOMENT.multipliedBy(2));
        List<JsonNode> documents = documents();
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).get("ship_phase").asText()).isEqualTo("complete");
        assertThat(documents.get(0).get("is_complete").asBoolean()).isTrue();
        assertThat(documents.get(0).get("revision").asInt()).isEqualTo(1);
        assertThat(documents.get(0).get("linkedid").asText()).isEqualTo(call.linkedid());
    }

    @Test
    void aCallThatGoesOnIsShownThenUpdatedThenCompleted() {
        CallKey call = anyAnsweredCall();
        List<Row> rows = calls.get(call);
        write(rows.subList(0, 4));

        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        write(rows.subList(4, 10));
        pass(Duration.ofSeconds(11));
        write(rows.subList(10, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 initial", "2 update", "3 complete");
    }

    @Test
    void inCompleteModeOnlyTheEndIsTold() {
        driver.close();
        start(Map.of("shipping.mode", "complete"));
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.subList(0, 4));
        pass(Duration.ofMinutes(5));
        write(rows.subList(4, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 complete");
    }

    @Test
    void aRowThatIsReadTwiceChangesNothing() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows);
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        write(rows);
        pass(Duration.ofMinutes(5));

        assertThat(documents().stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 complete");
    }

    @Test
    void aLegOfATableWithoutIdsIsKnownAgain() {
        List<Row> rows = calls.get(anyAnsweredCall());
        List<Row> legs = rows.stream()
                .filter(Cdr.class::isInstance)
                .map(AssemblerTopologyTest::withoutPosition)
                .toList();
        write(rows.stream().filter(Cel.class::isInstance).toList());
        write(legs);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        write(legs);
        pass(Duration.ofMinutes(5));

        assertThat(documents().stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 complete");
    }

    @Test
    void aCdrThatComesAfterTheEndMakesANewRevisionThatIsStillComplete() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.stream().filter(Cel.class::isInstance).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofMinutes(5));
        write(rows.stream().filter(Cdr.class::isInstance).toList());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 complete", "2 complete");
        assertThat(documents.get(0).get("completeness").get("cdr").asBoolean()).isFalse();
        assertThat(documents.get(1).get("completeness").get("cdr").asBoolean()).isTrue();
    }

    @Test
    void whileThereIsABacklogNoCallGrowsOld() {
        write(calls.get(anyAnsweredCall()));
        backlogIsRead = false;
        pass(Duration.ofHours(1));
        assertThat(documents()).isEmpty();

        backlogIsRead = true;
        pass(A_MOMENT);
        assertThat(documents()).hasSize(1);
    }

    @Test
    void withoutEventsACallIsCompleteOnceItsCdrsHaveBeenQuietForLonger() {
        write(calls.get(anyAnsweredCall()).stream()
                .filter(Cdr.class::isInstance)
                .toList());

        pass(Duration.ofSeconds(59));
        assertThat(documents().stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 initial");

        pass(Duration.ofSeconds(2));
        JsonNode document = documents().get(0);
        assertThat(revisionAndPhase(document)).isEqualTo("2 complete");
        assertThat(document.get("disposition").asText()).isEqualTo("ANSWERED");
        assertThat(document.get("answered_by").get("extension").asText()).isEqualTo("101");
    }

    @Test
    void aCallWithoutEndCountsAsOverAfterALongSilenceAndSaysSo() {
        write(calls.get(anyAnsweredCall()).subList(0, 4));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        pass(Duration.ofHours(12));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(AssemblerTopologyTest::revisionAndPhase))
                .containsExactly("1 initial", "2 complete");
        assertThat(documents.get(1).get("ended_by").asText()).isEqualTo("max_duration");
    }

    @Test
    void rowsOfManyCallsInAnyOrderMakeTheSameDocuments() throws Exception {
        List<Row> rows = new ArrayList<>(CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX));
        write(rows);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> inOrder = lastDocuments();
        driver.close();

        Collections.shuffle(rows, new Random(4));
        start(Map.of("state.dir", directory.resolve("second").toString()));
        write(rows);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(lastDocuments()).isEqualTo(inOrder).hasSize(83);
    }

    @Test
    void afterTheLateWindowARowIsALetterAndTheRowsAreGone() {
        List<Row> rows = calls.get(anyAnsweredCall());
        write(rows.subList(0, rows.size() - 1));
        pass(Duration.ofHours(13));
        pass(Duration.ofHours(6));
        pass(A_MOMENT);
        write(rows.subList(rows.size() - 1, rows.size()));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).startsWith("too-late"));
        assertThat(isEmpty(CallStores.ROWS)).isTrue();
    }

    @Test
    void afterTheHistoryWindowNothingIsLeft() {
        write(calls.get(anyAnsweredCall()));
        for (int hour = 0; hour < 8 * 24; hour++) {
            pass(Duration.ofHours(1));
        }

        for (String store : List.of(CallStores.ROWS, CallStores.CALLS, CallStores.TIMERS)) {
            assertThat(isEmpty(store)).isTrue();
        }
    }

    @Test
    void whatIsNoRowBecomesALetterAndTheRestGoesOn() {
        input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, "{\"uniqueid\":".getBytes(UTF_8), now));
        input(TOPICS.cel())
                .pipeInput(new TestRecord<>(
                        "pbx-west", bytes(calls.get(anyAnsweredCall()).get(0)), now));
        input(TOPICS.cdr()).pipeInput(new TestRecord<>(PBX, null, now));
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters()).hasSize(3);
        assertThat(documents()).hasSize(1);
    }

    @Test
    void aCallThatCannotBeToldBecomesALetterAndTheOthersGoOn() {
        driver.close();
        AssemblerConfig config = new AssemblerConfig(Map.of(
                "bootstrap.servers",
                "localhost:1",
                "state.dir",
                directory.resolve("other").toString()));
        driver = new TopologyTestDriver(
                AssemblerTopology.of(
                        config,
                        pbx -> {
                            throw new IllegalStateException("no such PBX");
                        },
                        partition -> readUpTo.get()),
                config.streamsProperties(),
                now);
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason())
                        .contains(anyAnsweredCall().linkedid())
                        .contains("no such PBX"));
        assertThat(isEmpty(CallStores.ROWS)).isFalse();
    }

    @Test
    void callsThatMetTellOneStoryAndPointAtEachOther() throws Exception {
        write(CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();

        int merged = 0;
        for (JsonNode entry : Corpus.PBX_20.manifest()) {
            boolean isMerger =
                    entry.get("truth").has("pickup") || entry.get("truth").has("parking");
            for (int i = 1; isMerger && i < entry.get("linkedids").size(); i++) {
                String survivor = entry.get("linkedids").get(0).asText();
                String retired = entry.get("linkedids").get(i).asText();
                assertThat(documents.get(retired).path("merged_into").asText()).isEqualTo(survivor);
                assertThat(documents.get(survivor).path("related_linkedids").toString())
                        .contains(retired);
                assertThat(documents.get(survivor).has("pickup")
                                || documents.get(survivor).has("parking"))
                        .isTrue();
                merged++;
            }
        }
        assertThat(merged).isEqualTo(4);
    }

    @Test
    void aCallWhoseEveryCdrIsFilteredIsNotTold() {
        driver.close();
        start(Map.of("cdr.filter.min.duration.seconds", "3600"));
        write(calls.get(anyAnsweredCall()));
        pass(Duration.ofMinutes(5));

        assertThat(documents()).isEmpty();
    }

    @Test
    void twoEqualEventsOfATableWithoutIdsAreBothKept() {
        List<Row> rows = calls.get(anyAnsweredCall());
        Cel event =
                (Cel) rows.stream().filter(Cel.class::isInstance).findFirst().orElseThrow();
        Map<String, Object> columns = Cel.MAPPING.toColumns(event);
        columns.remove("position");
        columns.put("eventtype", "VIP");
        Row user = Cel.MAPPING.fromColumns(columns);
        write(rows);
        for (int reading = 0; reading < 2; reading++) {
            input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, bytes(user), now));
            TestRecord<String, byte[]> twin = new TestRecord<>(PBX, bytes(user), now);
            twin.headers().add("sipstack.twin", "2".getBytes(UTF_8));
            input(TOPICS.cel()).pipeInput(twin);
        }
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().get(0).get("events")).hasSize(2);
    }

    private boolean isEmpty(String store) {
        try (KeyValueIterator<Object, byte[]> entries =
                driver.<Object, byte[]>getKeyValueStore(store).all()) {
            return !entries.hasNext();
        }
    }

    private CallKey anyAnsweredCall() {
        return calls.keySet().stream()
                .filter(key -> calls.get(key).stream()
                        .anyMatch(row -> row instanceof Cel cel && cel.type() == CelEventType.BRIDGE_ENTER))
                .findFirst()
                .orElseThrow();
    }

    private void write(List<Row> rows) {
        for (Row row : rows) {
            String topic = row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel();
            input(topic).pipeInput(new TestRecord<>(PBX, bytes(row), now));
        }
    }

    private static Row withoutPosition(Row row) {
        Map<String, Object> columns = Cdr.MAPPING.toColumns((Cdr) row);
        columns.remove("position");
        return Cdr.MAPPING.fromColumns(columns);
    }

    private static byte[] bytes(Row row) {
        try {
            return JSON.writeValueAsBytes(
                    row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        if (backlogIsRead) {
            readUpTo.set(now.toEpochMilli());
        }
        driver.advanceWallClockTime(time);
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private List<JsonNode> documents() {
        TestOutputTopic<String, byte[]> output =
                driver.createOutputTopic(TOPICS.calls(), new StringDeserializer(), new ByteArrayDeserializer());
        return output.readValuesToList().stream()
                .map(AssemblerTopologyTest::json)
                .toList();
    }

    private Map<String, JsonNode> lastDocuments() {
        Map<String, JsonNode> last = new LinkedHashMap<>();
        documents().forEach(document -> last.put(document.get("linkedid").asText(), document));
        return new TreeMap<>(last);
    }

    private List<DeadLetter> letters() {
        TestOutputTopic<String, byte[]> output =
                driver.createOutputTopic(TOPICS.dlq(), new StringDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList().stream()
                .map(record -> {
                    Map<String, byte[]> headers = new HashMap<>();
                    for (Header header : record.headers()) {
                        headers.put(header.key(), header.value());
                    }
                    return DeadLetter.fromHeaders(headers);
                })
                .toList();
    }

    private static String revisionAndPhase(JsonNode document) {
        return document.get("revision").asInt() + " "
                + document.get("ship_phase").asText();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
