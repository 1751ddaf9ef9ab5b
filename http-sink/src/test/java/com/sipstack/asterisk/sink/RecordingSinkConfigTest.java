package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.model.ReadyRecording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordingSinkConfigTest {
    private static RecordingSinkConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("api.key", Calls.API_KEY, "kafka.bootstrap.servers", "k:9092"));
        all.putAll(settings);
        return new RecordingSinkConfig(all);
    }

    @Test
    void testDefaults() {
        RecordingSinkConfig config = config(Map.of());

        assertThat(config.queue().maxInFlight()).isEqualTo(10);
        assertThat(config.queue().allowance(1_638_400)).isEqualTo(Duration.ofSeconds(100));
        assertThat(config.files().roots()).containsExactly(Path.of("/var/spool/asterisk/monitor"));
        assertThat(config.files().maxBytes()).isEqualTo(4L << 30);
        assertThat(config.spool().maxBytes()).isEqualTo(8L << 30);
        assertThat(config.kafka().receipts()).isEqualTo("asterisk.recordings.acks");
        assertThat(config.retry().timeout()).isEqualTo(Duration.ofDays(2));
        assertThat(config.api().recordingUrl()).hasToString("https://api-us1.sipstack.com/v1/mqs/recording");
    }

    @Test
    void kafkasSettingsArePassedOnAndNotTold() {
        KafkaConfig kafka = config(Map.of(
                        "kafka.security.protocol", "SASL_SSL",
                        "kafka.sasl.jaas.config", "secret",
                        "kafka.acks", "0"))
                .kafka();

        assertThat(kafka.with(Map.of("acks", "all")))
                .containsEntry("bootstrap.servers", "k:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "secret")
                .containsEntry("acks", "all");
        assertThat(kafka.toString()).doesNotContain("secret");
    }

    @Test
    void whatCannotBeMeantIsRefusedWithAnExplanation() {
        for (String[] wrong : new String[][] {
            {"file.roots", "monitor", "must be absolute paths"},
            {"file.path.mapping", "/a", "must be /folder/on/the/pbx=/folder/here"},
            {"kafka.bootstrap.servers", "", "non-empty"},
            {"max.in.flight", "0", "at least 1"}
        }) {
            assertThatThrownBy(() -> config(Map.of(wrong[0], wrong[1])))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(wrong[0])
                    .hasMessageContaining(wrong[2]);
        }
    }

    @Test
    void whatIsNoReadyRecordingIsSaidToBeNone() {
        for (Object value : List.of("{}", new byte[0], 7, Map.of("pbx", "east"))) {
            SinkRecord record = new SinkRecord("t", 0, null, "east", null, value, 0);
            assertThatThrownBy(() -> ReadyRecordingReader.read(record))
                    .isInstanceOf(MalformedDocumentException.class)
                    .hasMessageNotContaining("Exception");
        }
    }

    @Test
    void aReadyRecordingIsReadFromBytesAndText() throws Exception {
        Path file = Path.of("pom.xml").toAbsolutePath();
        ReadyRecording ready = Recordings.ready(Recordings.found(file));
        String text = new String(ready.toJson(), StandardCharsets.UTF_8);

        for (Object value : List.of(text, ready.toJson())) {
            assertThat(ReadyRecordingReader.read(new SinkRecord("t", 0, null, "east", null, value, 0)))
                    .hasToString(ready.toString());
        }
    }
}
