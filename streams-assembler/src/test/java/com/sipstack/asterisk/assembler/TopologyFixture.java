package com.sipstack.asterisk.assembler;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.io.TempDir;

/** The assembler's topology with a clock of its own, and the corpus's calls to write into it. */
abstract class TopologyFixture {
    static final String PBX = "pbx-east";
    static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Duration A_MOMENT = Duration.ofMillis(200);
    static final Duration COMPLETE_AFTER = Duration.ofSeconds(5);
    static final Duration INCOMPLETE_AFTER = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final DocumentsRead archive = new DocumentsRead();
    final AtomicLong readUpTo = new AtomicLong();
    final AssemblerMetrics metrics = new AssemblerMetrics();
    final Map<CallKey, List<Row>> calls = CorpusRows.calls(Corpus.PBX_20, PBX);
    TopologyTestDriver driver;
    Instant now = Instant.parse("2026-11-22T08:00:00Z");
    boolean backlogIsRead = true;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("bootstrap.servers", "localhost:1");
        all.put("state.dir", directory.toString());
        all.put("country", "CA");
        AssemblerConfig config = new AssemblerConfig(all);
        start(config, new PbxSettings(config.originals()).interpretation());
    }

    void start(AssemblerConfig config, Interpretation interpretation) {
        start(config, interpretation, TopicFacts.single(config.largestRequest()));
    }

    void start(AssemblerConfig config, Interpretation interpretation, TopicFacts facts) {
        Surroundings surroundings =
                new Surroundings(interpretation, () -> archive, partition -> readUpTo.get(), facts, metrics);
        driver = new TopologyTestDriver(AssemblerTopology.of(config, surroundings), config.streamsProperties(), now);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    boolean isEmpty(String store) {
        try (KeyValueIterator<Object, byte[]> entries =
                driver.<Object, byte[]>getKeyValueStore(store).all()) {
            return !entries.hasNext();
        }
    }

    CallKey anyAnsweredCall() {
        return calls.keySet().stream()
                .filter(key -> calls.get(key).stream()
                        .anyMatch(row -> row instanceof Cel cel && cel.type() == CelEventType.BRIDGE_ENTER))
                .findFirst()
                .orElseThrow();
    }

    void write(List<Row> rows) {
        for (Row row : rows) {
            String topic = row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel();
            input(topic).pipeInput(new TestRecord<>(PBX, bytes(row), now));
        }
    }

    /** The same row with other columns. */
    static Row with(Row row, Map<String, ?> changes) {
        Map<String, Object> columns =
                new HashMap<>(row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row));
        columns.putAll(changes);
        return row instanceof Cdr ? Cdr.MAPPING.fromColumns(columns) : Cel.MAPPING.fromColumns(columns);
    }

    static List<Row> events(List<Row> rows) {
        return rows.stream().filter(Cel.class::isInstance).toList();
    }

    static List<Row> legs(List<Row> rows) {
        return rows.stream().filter(Cdr.class::isInstance).toList();
    }

    static Row withoutPosition(Row row) {
        Map<String, Object> columns = Cdr.MAPPING.toColumns((Cdr) row);
        columns.remove("position");
        return Cdr.MAPPING.fromColumns(columns);
    }

    static byte[] bytes(Row row) {
        try {
            return JSON.writeValueAsBytes(
                    row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
        if (backlogIsRead) {
            readUpTo.set(now.toEpochMilli());
        }
        driver.advanceWallClockTime(time);
    }

    TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    List<JsonNode> documents() {
        TestOutputTopic<String, byte[]> output =
                driver.createOutputTopic(TOPICS.calls(), new StringDeserializer(), new ByteArrayDeserializer());
        List<TestRecord<String, byte[]>> written = output.readRecordsToList();
        written.forEach(archive::keep);
        return written.stream().map(record -> json(record.value())).toList();
    }

    Map<String, JsonNode> lastDocuments() {
        Map<String, JsonNode> last = new LinkedHashMap<>();
        documents().forEach(document -> last.put(document.get("linkedid").asText(), document));
        return new TreeMap<>(last);
    }

    List<DeadLetter> letters() {
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

    static String revisionAndPhase(JsonNode document) {
        return document.get("revision").asInt() + " "
                + document.get("ship_phase").asText();
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
