package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.source.fleet.Checkpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseSourceOffsetTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LOOKBACK = Duration.ofMinutes(10);

    @Test
    void anOffsetSurvivesBeingStored() {
        DatabaseSourceOffset offset = reading(20).after(List.of(row(4711)), RowKind.CEL);

        assertThat(DatabaseSourceOffset.fromMap(offset.toMap())).isEqualTo(offset);
    }

    @Test
    void smallNumbersMayComeBackAsInts() {
        Map<String, Object> stored = new HashMap<>(
                DatabaseSourceOffset.startingAfter(5, Instant.ofEpochMilli(9)).toMap());
        stored.replaceAll((name, value) -> value instanceof Long number ? (Object) Math.toIntExact(number) : value);

        assertThat(DatabaseSourceOffset.fromMap(stored))
                .isEqualTo(DatabaseSourceOffset.startingAfter(5, Instant.ofEpochMilli(9)));
    }

    @Test
    void aLaterVersionIsRefused() {
        Map<String, Object> stored =
                DatabaseSourceOffset.startingAfter(5, START).toMap();
        stored.put("version", 2L);

        assertThatThrownBy(() -> DatabaseSourceOffset.fromMap(stored)).hasMessageContaining("version is 2");
    }

    @Test
    void checkpointsThatAreNoneAreRefused() {
        Map<String, Object> stored =
                DatabaseSourceOffset.startingAfter(5, START).toMap();
        stored.put("checkpoints", "yesterday=5");

        assertThatThrownBy(() -> DatabaseSourceOffset.fromMap(stored)).hasMessageContaining("yesterday=5");
    }

    @Test
    void aPartitionSurvivesBeingStored() {
        DatabaseSourcePartition partition = new DatabaseSourcePartition("east", "calls.cdr");

        assertThat(DatabaseSourcePartition.fromMap(partition.toMap())).isEqualTo(partition);
    }

    @Test
    void aRewindGoesToTheYoungestCheckpointThatIsOldEnough() {
        // Ten rows a minute: after minute 20, up to row 210
        DatabaseSourceOffset offset = reading(20).after(List.of(row(210)), RowKind.CEL);

        assertThat(offset.rewound(LOOKBACK).id()).isEqualTo(100);
        assertThat(offset.rewound(LOOKBACK).at()).isEqualTo(offset.at());
    }

    @Test
    void aRewindBeforeTheBeginningGoesToTheBeginning() {
        assertThat(reading(3)
                        .after(List.of(row(40)), RowKind.CEL)
                        .rewound(LOOKBACK)
                        .id())
                .isZero();
    }

    @Test
    void checkpointsAreKeptAboutOneAMinuteAndNoLongerThanNeeded() {
        assertThat(reading(500).checkpoints().text().split(" ", -1)).hasSize(11);
    }

    @Test
    void severalBatchesInAMinuteShareACheckpoint() {
        DatabaseSourceOffset first =
                DatabaseSourceOffset.startingAfter(0, START).readingAt(START.plusSeconds(60), LOOKBACK);
        DatabaseSourceOffset second =
                first.after(List.of(row(100)), RowKind.CEL).readingAt(START.plusSeconds(90), LOOKBACK);

        assertThat(second.checkpoints()).isEqualTo(first.checkpoints());
    }

    @Test
    void aLongLookbackDoesNotMakeOffsetsLong() {
        DatabaseSourceOffset offset = DatabaseSourceOffset.startingAfter(0, START);
        for (int minute = 1; minute < 3000; minute++) {
            offset = offset.readingAt(START.plus(Duration.ofMinutes(minute)), Duration.ofDays(1))
                    .after(List.of(row(minute)), RowKind.CEL);
        }

        assertThat(offset.checkpoints().text().split(" ", -1)).hasSizeLessThan(25);
    }

    @Test
    void onlyOffsetsMadeBeforeTheInstantAreRewound() {
        Rewind rewind = new Rewind(Optional.of(START), LOOKBACK);

        assertThat(rewind.appliesTo(DatabaseSourceOffset.startingAfter(0, START.minusMillis(1))))
                .isTrue();
        assertThat(rewind.appliesTo(DatabaseSourceOffset.startingAfter(0, START)))
                .isFalse();
        assertThat(new Rewind(Optional.empty(), LOOKBACK).appliesTo(DatabaseSourceOffset.startingAfter(0, START)))
                .isFalse();
    }

    @Test
    void aCheckpointNeverLiesBeyondAnOpenGap() {
        DatabaseSourceOffset offset = reading(20)
                .opening(List.of(new IdGap(150, 160, 1, START)))
                .readingAt(START.plus(Duration.ofMinutes(21)), LOOKBACK);

        assertThat(offset.checkpoints().text()).endsWith("=149");
    }

    @Test
    void gapsBeyondTheIdAreLeftOutWhenAnOffsetIsReadBack() {
        DatabaseSourceOffset offset = reading(1).opening(List.of(gap("5-9"), gap("12")));

        assertThat(DatabaseSourceOffset.fromMap(offset.toMap()).gaps()).isEqualTo(OpenGaps.of(List.of(gap("5-9"))));
        assertThat(DatabaseSourceOffset.fromMap(offset.toMap()).id()).isEqualTo(10);
    }

    @Test
    void anOffsetOfTheReleaseBeforeIsReadAsOneWithoutGaps() {
        Map<String, Object> stored =
                Map.of("version", 1L, "id", 5L, "epoch", 0L, "at", START.toEpochMilli(), "checkpoints", "1=4");

        assertThat(DatabaseSourceOffset.fromMap(stored))
                .isEqualTo(
                        new DatabaseSourceOffset(5, 0, START, new Checkpoints("1=4"), OpenGaps.NONE, Landmarks.NONE));
    }

    @Test
    void theReleaseBeforeFindsAllOfItsFieldsUnchanged() {
        DatabaseSourceOffset offset = reading(20).opening(List.of(gap("150-160")));

        assertThat(offset.toMap())
                .containsEntry("version", 1L)
                .containsEntry("id", 200L)
                .containsEntry("epoch", 0L)
                .containsEntry("at", offset.at().toEpochMilli())
                .containsEntry("checkpoints", offset.checkpoints().text());
    }

    @Test
    void gapsAndLandmarksThatAreNoneAreRefused() {
        Map<String, Object> stored = reading(1).toMap();
        stored.put("gaps", "5-7");
        assertThatThrownBy(() -> DatabaseSourceOffset.fromMap(stored)).hasMessageContaining("5-7");

        stored.put("gaps", "1:7-5");
        assertThatThrownBy(() -> DatabaseSourceOffset.fromMap(stored)).hasMessageContaining("7 to 5");

        stored.put("gaps", "");
        stored.put("landmarks", "here");
        assertThatThrownBy(() -> DatabaseSourceOffset.fromMap(stored)).hasMessageContaining("here");
    }

    private static IdGap gap(String ids) {
        return IdGap.parse(ids, START);
    }

    private static TableRow row(long id) {
        return new TableRow(id, Map.of("uniqueid", "1795305288." + id));
    }

    /** Reads ten rows each minute. */
    private static DatabaseSourceOffset reading(int minutes) {
        DatabaseSourceOffset offset = DatabaseSourceOffset.startingAfter(0, START);
        for (int minute = 1; minute <= minutes; minute++) {
            offset = offset.after(List.of(row(minute * 10L)), RowKind.CEL)
                    .readingAt(START.plus(Duration.ofMinutes(minute)), LOOKBACK);
        }
        return offset;
    }
}
