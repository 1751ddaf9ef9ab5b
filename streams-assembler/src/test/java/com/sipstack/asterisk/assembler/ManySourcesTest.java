package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.RecordedCall;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of which a manager session, a table and a file tell alike: each row counts once. */
class ManySourcesTest extends TopologyFixture {
    /** Only the session tells of this call's leg: its name was cut in the middle of a letter, and the table refused it. */
    private static final String REFUSED_BY_TABLE = "1795305972.2957";
    /** What may differ: a document's number, of a call that goes on whether it is the first, and the columns that only the session has. */
    private static final List<String> OWN = List.of("revision", "ship_phase", "custom");
    /** The documents of the table alone, by linkedid, and how many raw records they have; told once for all tests. */
    private static Map<String, JsonNode> ofTable;

    private static long rawOfTable;

    private final List<Row> session = ManagerRows.of(Corpus.PBX_20, PBX).stream()
            .filter(row -> row instanceof Cel || !REFUSED_BY_TABLE.equals(row.linkedid()))
            .toList();
    private final List<Row> table = CorpusRows.inOrderOfArrival(Corpus.PBX_20, PBX);
    private int spare;

    @BeforeEach
    void tellTheTablesCalls() {
        restart();
        if (ofTable != null) {
            return;
        }
        write(table);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        ofTable = lastDocuments();
        assertThat(ofTable).hasSize(83);
        rawOfTable = rawRows();
        restart();
    }

    private void restart() {
        driver.close();
        start(Map.of(
                "raw.enabled",
                "true",
                "state.dir",
                directory.resolve("" + spare++).toString()));
    }

    /** A session counts its twins. */
    private void hear(List<Row> rows) {
        Map<Row, Integer> twins = new HashMap<>();
        for (Row row : rows) {
            TestRecord<String, byte[]> record = new TestRecord<>(PBX, bytes(row), now);
            int twin = row.provenance().position() == null ? twins.merge(row, 1, Integer::sum) : 1;
            if (twin > 1) {
                record.headers()
                        .add(Provenance.TWIN_HEADER, Integer.toString(twin).getBytes(UTF_8));
            }
            input(row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel()).pipeInput(record);
        }
    }

    private static JsonNode content(JsonNode document) {
        return ((ObjectNode) document.deepCopy()).remove(OWN);
    }

    private void assertToldAsByTheTable(Map<String, JsonNode> documents) {
        assertThat(documents.keySet()).isEqualTo(ofTable.keySet());
        documents.forEach((linkedid, document) ->
                assertThat(content(document)).as(linkedid).isEqualTo(content(ofTable.get(linkedid))));
    }

    private long rawRows() {
        return rawRecords().size();
    }

    private List<JsonNode> rawRecords() {
        return driver
                .createOutputTopic(TOPICS.raw(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> json(record.value()))
                .toList();
    }

    @Test
    void theSessionTellsFastAndTheTableLaterMakesTheTimesFiner() {
        hear(session);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();
        assertThat(documents.keySet()).isEqualTo(ofTable.keySet());
        long sent = rawRows();
        assertThat(sent).isPositive();

        hear(table);
        pass(Duration.ofMinutes(10));
        documents.putAll(lastDocuments());
        assertToldAsByTheTable(documents);
        assertThat(documents.values())
                .allSatisfy(
                        document -> assertThat(document.get("revision").asInt()).isLessThanOrEqualTo(3));
        assertThat(rawRows()).isEqualTo(rawOfTable - sent);
    }

    @Test
    void callsThatMetAreToldByTheSessionAloneAsByATableWithWholeSeconds() {
        hear(session);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();
        restart();
        hear(table.stream().map(ManySourcesTest::inWholeSeconds).toList());
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> expected = lastDocuments();
        Set<String> met = RecordedCall.of(Corpus.PBX_20).stream()
                .map(RecordedCall::linkedids)
                .filter(linkedids -> linkedids.size() > 1)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());

        assertThat(met)
                .isNotEmpty()
                .allSatisfy(linkedid ->
                        assertThat(content(documents.get(linkedid))).isEqualTo(content(expected.get(linkedid))));
    }

    private static Row inWholeSeconds(Row row) {
        String time = row instanceof Cdr ? "start_time" : "event_time";
        return with(row, Map.of(time, Math.floorDiv(row.occurredAt(), 1_000_000) * 1_000_000));
    }

    @Test
    void whatTheSessionTellsAfterTheTableChangesNothing() {
        hear(table);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        assertToldAsByTheTable(lastDocuments());
        rawRows();
        hear(session);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).isEmpty();
        assertThat(rawRows()).isZero();
    }

    @Test
    void aTablesLegsThatComeMinutesLaterAddNothingToWhatTheSessionTold() {
        hear(session);
        hear(events(table));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();
        pass(Duration.ofMinutes(5));
        hear(legs(table));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        documents.putAll(lastDocuments());

        assertToldAsByTheTable(documents);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bothMixedWithEitherLosingRowsAndSomeComingTwiceAreToldAsByTheTable(long seed) {
        Random random = new Random(seed);
        List<Row> both = mixed(random, session, table);
        hear(both);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        hear(table.stream().filter(row -> random.nextInt(3) == 0).toList());
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertToldAsByTheTable(lastDocuments());
        assertThat(rawRows()).isEqualTo(rawOfTable);
    }

    /** Each in its own order. The session loses a third of its rows, in gaps. */
    private static List<Row> mixed(Random random, List<Row> session, List<Row> table) {
        List<Row> both = new ArrayList<>();
        int heard = 0;
        int read = 0;
        while (heard < session.size() || read < table.size()) {
            boolean isTurnOfSession = read == table.size() || (heard < session.size() && random.nextBoolean());
            int run = 1 + random.nextInt(40);
            for (int i = 0; i < run; i++) {
                if (isTurnOfSession && heard < session.size()) {
                    both.add(session.get(heard++));
                } else if (!isTurnOfSession && read < table.size()) {
                    both.add(table.get(read++));
                }
            }
            heard += random.nextInt(3) == 0 && isTurnOfSession ? 20 : 0;
        }
        return both;
    }

    @Test
    void rowsOfATableThatComeWhenTheirCallIsHistoryAreKnownFromTheSession() {
        CallKey call = anyAnsweredCall();
        List<Row> heard =
                session.stream().filter(row -> row.callKey().equals(call)).toList();
        hear(heard);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        documents();
        pass(Duration.ofHours(7));
        hear(calls.get(call));
        hear(calls.get(call));
        hear(heard);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents()).isEmpty();
        assertThat(letters()).isEmpty();

        hear(List.of(with(events(calls.get(call)).get(2), Map.of("position", 900_000, "eventtype", "VIP"))));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));
        assertThat(documents().stream().map(TopologyFixture::revisionAndPhase)).containsExactly("2 complete");
    }

    @Test
    void twoEventsOfOneSecondAreTwoHoweverManySourcesTellOfThem() {
        CallKey call = anyAnsweredCall();
        List<Row> twins = new ArrayList<>();
        Row event = events(calls.get(call)).get(0);
        for (int i = 0; i < 300; i++) {
            twins.add(with(event, Map.of("position", 900_000 + i, "eventtype", "VIP", "extra", "")));
        }
        List<Row> heard = twins.stream().map(ManySourcesTest::asHeard).toList();
        hear(calls.get(call));
        hear(heard.subList(0, 200));
        hear(twins);
        hear(twins);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents())
                .singleElement()
                .satisfies(document -> assertThat(document.get("events")).hasSize(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u0002"})
    void aChannelsNameMayHaveAnyCharacter(String odd) {
        CallKey call = anyAnsweredCall();
        hear(events(calls.get(call)));
        Row leg = legs(calls.get(call)).get(0);
        hear(List.of(with(leg, Map.of("dstchannel", "Local/1" + odd + "@from-internal-00000001;1"))));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents())
                .singleElement()
                .satisfies(document ->
                        assertThat(document.at("/completeness/cdr").asBoolean()).isTrue());
    }

    @Test
    void aRawRecordTellsWhichItIsOfTwoEventsThatSayTheSame() {
        CallKey call = anyAnsweredCall();
        Row event = with(events(calls.get(call)).get(0), Map.of("eventtype", "VIP", "extra", ""));
        Row heard = asHeard(event);
        hear(calls.get(call));
        hear(List.of(heard, heard, heard));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        List<JsonNode> twins = rawRecords().stream()
                .filter(record -> "VIP".equals(record.at("/record/eventtype").textValue()))
                .toList();

        assertThat(twins)
                .extracting(twin -> twin.get("record"))
                .hasSize(3)
                .containsOnly(twins.get(0).get("record"));
        assertThat(twins).extracting(twin -> twin.path("occurrence").asInt(1)).containsExactly(1, 2, 3);
        assertThat(twins.get(0).has("occurrence")).isFalse();
    }

    private static Row asHeard(Row row) {
        Map<String, Object> columns = new LinkedHashMap<>(Cel.MAPPING.toColumns((Cel) row));
        columns.remove("position");
        columns.putAll(Map.of("source", "ami", "origin", "10.0.0.1:5038"));
        columns.put("event_time", row.occurredAt() / 1_000_000 * 1_000_000);
        return Cel.MAPPING.fromColumns(columns);
    }

    @Test
    void aTableWithoutExtraAndSequenceGetsThemFromTheSession() {
        List<Row> poor =
                table.stream().map(ManySourcesTest::withoutExtraAndSequence).toList();
        hear(poor);
        hear(session);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(rawRows()).isEqualTo(rawOfTable);
        Map<String, JsonNode> documents = lastDocuments();
        Set<String> broken = ofTable.keySet().stream()
                .filter(linkedid -> rowsOf(session, linkedid) < rowsOf(table, linkedid))
                .collect(Collectors.toSet());
        assertThat(broken).hasSizeLessThan(10);
        Map<String, JsonNode> whole = new TreeMap<>(documents);
        whole.keySet().removeAll(broken);
        whole.forEach((linkedid, document) ->
                assertThat(content(document)).as(linkedid).isEqualTo(content(ofTable.get(linkedid))));
    }

    private static long rowsOf(List<Row> rows, String linkedid) {
        return rows.stream().filter(row -> linkedid.equals(row.linkedid())).count();
    }

    private static Row withoutExtraAndSequence(Row row) {
        Map<String, Object> columns =
                new HashMap<>(row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row));
        columns.remove("extra");
        columns.remove("sequence");
        return row instanceof Cdr ? Cdr.MAPPING.fromColumns(columns) : Cel.MAPPING.fromColumns(columns);
    }

    @Test
    void aFileBesideTheTableDoublesNothing() {
        List<Row> file = table.stream()
                .map(row -> with(row, Map.of("source", "csv", "origin", "Master.csv#1")))
                .toList();
        List<Row> both = new ArrayList<>(file);
        both.addAll(table);
        both.sort(Comparator.comparing(Row::uniqueid));
        hear(file.subList(0, 900));
        hear(both);
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertToldAsByTheTable(lastDocuments());
        assertThat(rawRows()).isEqualTo(rawOfTable);
    }
}
