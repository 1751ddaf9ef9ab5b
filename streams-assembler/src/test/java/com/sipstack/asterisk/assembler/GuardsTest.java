package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.DeadLetter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What would stop the assembler or spoil a call becomes a letter, and the rest goes on. */
class GuardsTest extends TopologyFixture {
    private void start(TopicFacts facts, Map<String, String> settings) {
        driver.close();
        Map<String, String> all = new HashMap<>(settings);
        all.put("bootstrap.servers", "localhost:1");
        all.put("state.dir", directory.resolve("guarded").toString());
        AssemblerConfig config = new AssemblerConfig(all);
        start(config, new PbxSettings(config.originals()).interpretation(), facts);
    }

    @Test
    void aRowInAPartitionWhereItsKeyDoesNotBelongIsALetter() {
        // The driver has one partition, 0: as many as it takes for this key to belong in another
        int partitions = IntStream.range(2, 20)
                .filter(count -> BuiltInPartitioner.partitionForKey(PBX.getBytes(UTF_8), count) != 0)
                .findFirst()
                .orElseThrow();
        start(new TopicFacts(partitions, 1_000_000, 1_000_000), Map.of());
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<DeadLetter> letters = letters();
        assertThat(letters).hasSameSizeAs(calls.get(call));
        assertThat(letters.get(0).reason()).startsWith("wrong-partition").contains(PBX, "partition");
        assertThat(letters.get(0).partition()).isZero();
        assertThat(documents()).isEmpty();
        assertThat(metrics.scrape(Companions.NONE))
                .contains("sipstack_assembler_rows_misplaced_total " + letters.size() + ".0");
    }

    @Test
    void aDocumentThatItsTopicWouldNotTakeIsALetterAndTheRowsStay() {
        start(new TopicFacts(1, 2_000, 1_000_000), Map.of());
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason())
                        .startsWith("too-large")
                        .contains(call.linkedid(), "2000 are allowed"));
        assertThat(documents()).isEmpty();
        assertThat(isEmpty(CallStores.PACKS)).isFalse();
    }

    @Test
    void aLetterThatItsTopicWouldNotTakeIsCut() {
        start(new TopicFacts(1, 2_000, 2_000), Map.of());
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<TestRecord<String, byte[]>> letters = driver.createOutputTopic(
                        TOPICS.dlq(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(letters)
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.value()).hasSizeLessThan(1_000).startsWith('{'));
    }

    @Test
    void aRowOverWhichTheProgramStumblesIsALetterAndTheRestGoesOn() {
        start(new TopicFacts(1, 1_000_000, 1_000_000), Map.of("value.converter", Stumbling.class.getName()));
        CallKey call = anyAnsweredCall();
        byte[] stumblingBlock = bytes(calls.get(call).get(0));
        input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, Stumbling.BLOCK, now));
        input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, stumblingBlock, now));

        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("cannot be processed", "over a stone");
            assertThat(letter.stage()).isEqualTo("assembler");
            assertThat(letter.pbx()).isEqualTo(PBX);
            assertThat(letter.topic()).isEqualTo(TOPICS.cel());
            assertThat(letter.offset()).isZero();
        });
        assertThat(isEmpty(CallStores.ROWS)).isFalse();
    }

    @Test
    void recordingsAreCountedByWhetherTheirCallIsKnown() {
        start(new TopicFacts(1, 1_000_000, 1_000_000), Map.of());
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        for (String uniqueid : List.of(call.linkedid(), "1795300000.1")) {
            String json = """
                    {"pbx":"%s","source":"recording","origin":"/monitor/%s.wav","position":1,"file_name":"%s.wav","file_size":2000,\
                    "uniqueid":"%s"}""".formatted(PBX, uniqueid, uniqueid, uniqueid);
            input(TOPICS.recordings()).pipeInput(new TestRecord<>(PBX, json.getBytes(UTF_8), now));
        }
        pass(Duration.ofSeconds(70));

        assertThat(metrics.scrape(Companions.NONE))
                .contains("sipstack_assembler_recordings_found_total 2.0")
                .contains("sipstack_assembler_recordings_ready_total{call=\"known\"} 1.0")
                .contains("sipstack_assembler_recordings_ready_total{call=\"unknown\"} 1.0");
    }

    @Test
    void openCallsAreCountedWithoutLookingThroughThem() {
        start(new TopicFacts(1, 1_000_000, 1_000_000), Map.of());
        CallKey call = anyAnsweredCall();
        write(calls.get(call).subList(0, 4));
        assertThat(metrics.scrape(Companions.NONE)).contains("sipstack_assembler_calls_open 1.0");
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(metrics.scrape(Companions.NONE))
                .contains("sipstack_assembler_calls_open 0.0")
                .contains("sipstack_assembler_calls_completed_total 1.0")
                .contains("sipstack_assembler_documents_total{phase=\"complete\"} 1.0")
                .contains("sipstack_assembler_rows_duplicate_total 4.0")
                .contains("sipstack_assembler_lag_milliseconds_count 1");
    }

    /** A converter with a fault of its own. */
    public static final class Stumbling implements Converter {
        static final byte[] BLOCK = {1};

        private final Converter sound = new JsonConverter();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            sound.configure(configs, isKey);
        }

        @Override
        public byte[] fromConnectData(String topic, Schema schema, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            if (value.length == 1) {
                throw new IllegalStateException("over a stone");
            }
            return sound.toConnectData(topic, value);
        }

        @Override
        public SchemaAndValue toConnectData(String topic, Headers headers, byte[] value) {
            return toConnectData(topic, value);
        }
    }
}
