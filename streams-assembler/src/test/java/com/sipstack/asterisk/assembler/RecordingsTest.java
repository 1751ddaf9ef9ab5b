package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import com.sipstack.asterisk.model.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Recordings and their calls, whichever comes first. */
class RecordingsTest extends TopologyFixture {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final CallKey CALL = new CallKey(PBX, "1795305288.0");
    private static final String NAME = "in-16475550101-4165551234-20261121-185448-1795305288.0.wav";
    private static final String PATH = "/var/spool/asterisk/monitor/2026/11/21/" + NAME;

    private final List<Row> rows = calls.get(CALL);

    private static Map<String, Object> file() {
        Map<String, Object> columns = new HashMap<>();
        columns.putAll(Map.of("pbx", PBX, "source", "recording", "origin", PATH, "position", 1_795_305_297_000_000L));
        columns.putAll(Map.of("file_path", PATH, "file_name", NAME, "file_size", 96_364L, "duration_seconds", 6.02));
        columns.putAll(Map.of("modified_time", 1_795_305_297_000_000L, "uniqueid", CALL.linkedid(), "direction", "i"));
        columns.putAll(Map.of("phone1", "16475550101", "phone2", "4165551234"));
        return columns;
    }

    private void find(Map<String, Object> columns) {
        try {
            byte[] json = new ObjectMapper()
                    .writeValueAsBytes(Recording.MAPPING.toColumns(Recording.MAPPING.fromColumns(columns)));
            input(TOPICS.recordings()).pipeInput(new TestRecord<>(PBX, json, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        RecordingReceipt receipt = new RecordingReceipt(
                PBX, PATH, 1_795_305_297_000_000L, NAME, CALL.linkedid(), Outcome.ACCEPTED, 202, "00", 1);
        input(TOPICS.receipts()).pipeInput(new TestRecord<>(PBX, receipt.toJson(), now));
    }

    private List<ReadyRecording> ready() {
        return driver
                .createOutputTopic(TOPICS.recordingsReady(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> ReadyRecording.fromJson(record.value()))
                .toList();
    }

    private static String stateIn(JsonNode document) {
        JsonNode file = document.get("recording_files").get(0);
        return file.get("state").asText() + " " + file.path("file_size").asText("?");
    }

    @Test
    void aFileThatIsFoundDuringItsCallLeavesWithTheCompleteDocument() {
        write(events(rows).subList(0, 8));
        find(file());
        pass(A_MOMENT);
        assertThat(ready()).isEmpty();
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(ready()).singleElement().satisfies(ready -> {
            assertThat(ready.hostname()).isEqualTo(PBX);
            assertThat(ready.file()).isEqualTo(Recording.MAPPING.fromColumns(file()));
            assertThat(ready.fields())
                    .containsEntry("recording_id", "1795305288.0")
                    .containsEntry("linkedid", "1795305288.0")
                    .containsEntry("call_id", "1795305288.0")
                    .containsEntry("src_number", "14165551234")
                    .containsEntry("dst_number", "16475550101")
                    .containsEntry("direction", "inbound")
                    .containsEntry("extension", "101")
                    .containsEntry("duration", 6)
                    .containsEntry("recording_type", "call")
                    .containsEntry("file_name", NAME)
                    .containsEntry("file_size", 96_364)
                    .containsEntry("original_file_path", PATH)
                    .containsEntry("phone_1", "16475550101")
                    .containsKeys("metadata", "start_time", "calldate");
        });
        assertThat(stateIn(documents().get(0))).isEqualTo("found 96364");
    }

    @Test
    void aFileThatIsFoundBeforeItsCallWaitsForIt() {
        find(file());
        pass(Duration.ofSeconds(10));
        write(rows);
        pass(Duration.ofSeconds(20));

        assertThat(ready())
                .singleElement()
                .satisfies(ready -> assertThat(ready.fields()).containsEntry("src_number", "14165551234"));
        assertThat(stateIn(lastDocuments().get(CALL.linkedid()))).isEqualTo("found 96364");
    }

    @Test
    void aFileOfACompleteCallAmendsItAndItsUploadToo() {
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(stateIn(documents().get(0))).isEqualTo("expected ?");
        find(file());
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(ready()).hasSize(1);
        accept();
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        List<JsonNode> documents = documents();
        assertThat(documents.stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("2 complete", "3 complete");
        assertThat(documents.stream().map(RecordingsTest::stateIn)).containsExactly("found 96364", "uploaded 96364");
        accept();
        find(file());
        pass(WAIT);
        assertThat(documents()).isEmpty();
        assertThat(ready()).isEmpty();
    }

    @Test
    void aFileOfACallInHistoryLeavesWithWhatItsLastDocumentTells() {
        write(rows);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        documents();
        pass(Duration.ofHours(7));
        find(file());
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(ready())
                .singleElement()
                .satisfies(ready -> assertThat(ready.fields()).containsEntry("src_number", "14165551234"));
        assertThat(documents()).singleElement().satisfies(document -> {
            assertThat(revisionAndPhase(document)).isEqualTo("2 complete");
            assertThat(stateIn(document)).isEqualTo("found 96364");
        });
    }

    @Test
    void aFileWhoseNameOnlyMixMonitorKnowsIsFoundByIt() {
        Map<String, Object> columns = file();
        columns.remove("uniqueid");
        write(rows);
        find(columns);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(ready())
                .singleElement()
                .satisfies(ready -> assertThat(ready.fields())
                        .containsEntry("recording_id", NAME)
                        .containsEntry("linkedid", CALL.linkedid()));
    }

    @Test
    void aFileOfAnUnknownCallLeavesAfterTheWaitWithWhatItsNameTells() {
        find(file());
        pass(WAIT.minus(A_MOMENT));
        assertThat(ready()).isEmpty();
        pass(A_MOMENT.plus(A_MOMENT));

        assertThat(ready())
                .singleElement()
                .satisfies(ready -> assertThat(ready.fields())
                        .containsEntry("recording_id", CALL.linkedid())
                        .containsEntry("direction", "inbound")
                        .doesNotContainKey("src_number"));
        pass(WAIT);
        assertThat(ready()).isEmpty();
    }

    /** Calls that nobody thought of are kept, and what was recorded of them must not stop the rest. */
    @Test
    void aFileOfACallThatCannotBeToldLeavesAfterTheWaitAndTheNextCallIsTold() {
        driver.close();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        start(isBroken);
        write(rows);
        find(file());
        pass(WAIT.plus(A_MOMENT));

        assertThat(ready())
                .singleElement()
                .satisfies(ready -> assertThat(ready.fields())
                        .containsEntry("recording_id", CALL.linkedid())
                        .doesNotContainKey("src_number"));
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("cannot be told"));

        isBroken.set(false);
        CallKey next = new CallKey(PBX, "1795305297.20");
        write(calls.get(next));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        assertThat(lastDocuments()).containsOnlyKeys(next.linkedid());
    }

    /** @param isBroken whether no call can be interpreted */
    private void start(AtomicBoolean isBroken) {
        AssemblerConfig config = new AssemblerConfig(Map.of(
                "bootstrap.servers",
                "localhost:1",
                "state.dir",
                directory.resolve("other").toString()));
        Interpretation configured = new PbxSettings(config.originals()).interpretation();
        Interpretation breaking = new Interpretation(
                pbx -> {
                    if (isBroken.get()) {
                        throw new IllegalStateException("nobody thought of such rows");
                    }
                    return configured.interpreters().apply(pbx);
                },
                configured.filters(),
                configured.profiles());
        start(config, breaking);
    }

    @Test
    void aFileThatWasWrittenAgainIsAnotherRecording() {
        write(rows);
        find(file());
        find(file());
        Map<String, Object> again = file();
        again.put("position", 1_795_305_300_000_000L);
        find(again);
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(ready()).hasSize(2);
    }

    @Test
    void aTablesRowMakesTheDocumentRicherAndDoesNotLeave() {
        Map<String, Object> row = file();
        row.putAll(Map.of("source", "database", "origin", "recordings#0", "position", 17L));
        write(rows);
        find(row);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(WAIT);

        assertThat(ready()).isEmpty();
        assertThat(stateIn(documents().get(0))).isEqualTo("expected 96364");
    }

    /** As PBXs do that convert their recordings: change data capture tells the row again. */
    @Test
    void theNameThatACdrHadBeforeItsRecordingWasConvertedIsForgottenInTime() {
        write(rows);
        write(rows.stream()
                .filter(Cdr.class::isInstance)
                .map(row -> converted((Cdr) row))
                .toList());
        assertThat(isEmpty(CallStores.CHANNELS)).isFalse();
        for (int hour = 0; hour < 8 * 24; hour++) {
            pass(Duration.ofHours(1));
        }

        assertThat(isEmpty(CallStores.CHANNELS)).isTrue();
        assertThat(isEmpty(CallStores.TIES)).isTrue();
    }

    private static Row converted(Cdr cdr) {
        Map<String, Object> columns = new HashMap<>(Cdr.MAPPING.toColumns(cdr));
        columns.put("recordingfile", "in-1795305288.0.mp3");
        return Cdr.MAPPING.fromColumns(columns);
    }

    @Test
    void recordingsAreForgottenInTime() {
        write(rows);
        find(file());
        for (int hour = 0; hour < 8 * 24; hour++) {
            pass(Duration.ofHours(1));
        }

        assertThat(isEmpty(CallStores.RECORDINGS)).isTrue();
        assertThat(isEmpty(CallStores.RECORDING_TIMERS)).isTrue();
        assertThat(isEmpty(CallStores.CHANNELS)).isTrue();
    }
}
