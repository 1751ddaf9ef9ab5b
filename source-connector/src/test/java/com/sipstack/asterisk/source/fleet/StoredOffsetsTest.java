package com.sipstack.asterisk.source.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.source.ami.AmiSourceOffset;
import com.sipstack.asterisk.source.csv.CsvSourceOffset;
import com.sipstack.asterisk.source.recording.RecordingSourceOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Offsets as they stand in Connect's topic: what one release has written the next one reads, and one that cannot says so. */
class StoredOffsetsTest {
    private static Stream<Arguments> offsets() {
        return Stream.of(
                Arguments.of(Map.of("version", 1L, "heard.until.ms", 1_795_305_288_000L), (Function<
                                Map<String, ?>, Map<String, Object>>)
                        stored -> AmiSourceOffset.fromMap(stored).toMap()),
                Arguments.of(
                        Map.of(
                                "version",
                                1L,
                                "position",
                                4711L,
                                "at",
                                1_795_305_288_000L,
                                "epoch",
                                2L,
                                "checkpoints",
                                ""),
                        (Function<Map<String, ?>, Map<String, Object>>)
                                stored -> CsvSourceOffset.fromMap(stored).toMap()),
                Arguments.of(Map.of("version", 1L, "sent.at.ms", 1_795_305_288_000L), (Function<
                                Map<String, ?>, Map<String, Object>>)
                        stored -> RecordingSourceOffset.fromMap(stored).toMap()));
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void whatIsStoredIsReadAndWrittenAlike(
            Map<String, Object> stored, Function<Map<String, ?>, Map<String, Object>> reader) {
        assertThat(reader.apply(stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void anOffsetOfALaterReleaseIsRefused(
            Map<String, Object> stored, Function<Map<String, ?>, Map<String, Object>> reader) {
        Map<String, Object> later = new HashMap<>(stored);
        later.put("version", 2L);

        assertThatThrownBy(() -> reader.apply(later))
                .hasMessageContaining("version is 2 and must be the version that this release knows, 1");
    }
}
