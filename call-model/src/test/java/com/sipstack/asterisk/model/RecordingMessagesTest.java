package com.sipstack.asterisk.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingMessagesTest {
    private static final Recording FILE = new Recording(
            new Provenance(
                    "east", RowSource.RECORDING, "/var/spool/asterisk/monitor/in 1\n.wav", 1_795_305_400_000_000L),
            "/var/spool/asterisk/monitor/in 1\n.wav",
            "in 1\n.wav",
            96_364L,
            1_795_305_400_000_000L,
            "ab12",
            null,
            6.02,
            "1795305379.310",
            null,
            new RecordingName("i", null, "6475550107", null, null),
            new AudioLocation("a1", "asterisk.recordings.audio", 3, 10L, 12L, 3),
            Map.of());

    @Test
    void aRecordingComesBackFromItsColumnsAsItWas() {
        assertThat(Recording.MAPPING.fromConnect(Recording.MAPPING.toStruct(FILE)))
                .isEqualTo(FILE);
        assertThat(Recording.MAPPING.fromColumns(Recording.MAPPING.toColumns(FILE)))
                .isEqualTo(FILE);
    }

    @Test
    void aTablesRowNamesNoAudio() {
        Recording row =
                Recording.MAPPING.fromColumns(Map.of("pbx", "east", "source", "database", "file_name", "a.wav"));

        assertThat(row.audio()).isEqualTo(AudioLocation.NONE);
        assertThat(row.audio().isGiven()).isFalse();
        assertThat(row.named()).isEqualTo(RecordingName.NONE);
        assertThat(row.isFile()).isFalse();
        assertThat(row.id()).isEqualTo("a.wav");
    }

    @Test
    void aReadyRecordingComesBackFromItsJson() {
        ReadyRecording ready = new ReadyRecording(
                "east", "pbx-east", Map.of("recording_id", "1795305379.310", "duration", 6.02), FILE);

        assertThat(ReadyRecording.fromJson(ready.toJson())).isEqualTo(ready);
    }

    @Test
    void aReceiptComesBackFromItsJson() {
        RecordingReceipt receipt = new RecordingReceipt(
                "east", "/r/a.wav", 1L, "a.wav", null, RecordingReceipt.Outcome.ACCEPTED, 202, "ab12", 2L);

        assertThat(new String(receipt.toJson(), UTF_8)).contains("\"outcome\":\"accepted\"", "\"file_name\":\"a.wav\"");
        assertThat(RecordingReceipt.fromJson(receipt.toJson())).isEqualTo(receipt);
    }

    @Test
    void whatIsNoMessageIsSaidToBeNone() {
        for (String text : new String[] {"", "{", "[]", "{\"pbx\":1}"}) {
            assertThatThrownBy(() -> ReadyRecording.fromJson(text.getBytes(UTF_8)))
                    .isInstanceOf(RowFormatException.class)
                    .hasMessageContaining("no ready recording");
        }
        assertThatThrownBy(() -> RecordingReceipt.fromJson("{\"outcome\":\"lost\"}".getBytes(UTF_8)))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("no receipt");
    }
}
