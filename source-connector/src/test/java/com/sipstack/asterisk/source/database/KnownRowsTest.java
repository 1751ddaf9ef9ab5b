package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnownRowsTest {
    private static final DatabaseSourcePartition TABLE = new DatabaseSourcePartition("east", "cdr");
    private static final Duration REACH = Duration.ofHours(7);
    private static final long NOW = 1_795_305_288;
    private static final TableNow CLOCK =
            TableNow.of(Instant.ofEpochSecond(NOW), TimeForm.LOCAL, Optional.of(ZoneOffset.UTC));

    private final KnownRows known = new KnownRows(TABLE, REACH);
    private final Map<KeylessPartition, KeylessOffset> kept = new HashMap<>();

    @Test
    void aTwinIsKnownOnlyOnceItWasLearnt() {
        learn(row(1, NOW, 1));

        assertThat(known.isKnown(row(1, NOW, 1))).isTrue();
        assertThat(known.isKnown(row(1, NOW, 2))).isFalse();
        learn(row(1, NOW, 2));
        assertThat(known.isKnown(row(1, NOW, 2))).isTrue();
    }

    @Test
    void everyRowOfTheWindowIsKnownToTheNextTask() {
        List<KeylessRow> rows = LongStream.rangeClosed(0, REACH.toMinutes())
                .mapToObj(minute -> row(minute, NOW - REACH.toSeconds() + 60 * minute, 1))
                .toList();
        rows.forEach(this::learn);

        KnownRows next = new KnownRows(TABLE, REACH);
        next.restore(new KeylessStored(Optional.empty(), stored()));
        assertThat(rows).allMatch(known::isKnown).allMatch(next::isKnown);
        assertThat(next.newest().orElseThrow()).isBetween(NOW - 600, NOW);
    }

    @Test
    void whatLiesBeforeTheWindowIsForgotten() {
        learn(row(1, NOW - REACH.toSeconds() - 600, 1));
        learn(row(2, NOW, 1));

        assertThat(known.isKnown(row(1, NOW - REACH.toSeconds() - 600, 1))).isFalse();
    }

    @Test
    void slicesOfAnotherLengthTellOnlyHowFarItWas() {
        learn(row(1, NOW, 1));

        KnownRows next = new KnownRows(TABLE, REACH.multipliedBy(2));
        next.restore(new KeylessStored(Optional.empty(), stored()));
        assertThat(next.isKnown(row(1, NOW, 1))).isFalse();
        assertThat(next.newest()).isPresent();
    }

    @Test
    void aRowOfTheFutureIsKnownAndMovesNothing() {
        KeylessRow future = row(1, NOW + 86_400, 1);
        learn(future);

        assertThat(known.isKnown(future)).isTrue();
        assertThat(known.newest().orElseThrow()).isLessThan(NOW);
        assertThat(kept.keySet()).extracting(KeylessPartition::bucket).containsExactly("strays");
    }

    @Test
    void anOffsetHoldsTheRowsUpToItsRecordsOwn() {
        KeylessOffset first = known.learn(row(1, NOW, 1), CLOCK).offset();
        LongStream.range(2, 100).forEach(hash -> learn(row(hash, NOW, 1)));

        assertThat(first.rows().stream()).containsExactly(1L);
        assertThat(KeylessOffset.fromMap(first.toMap()).rows().stream()).containsExactly(1L);
    }

    @Test
    void anOffsetIsBounded() {
        LongStream.range(0, 30_000).forEach(hash -> learn(row(hash, NOW, 1)));

        Map<String, Object> offset = kept.values().iterator().next().toMap();
        assertThat((String) offset.get("rows")).hasSizeLessThan(220_000);
        assertThat(KeylessOffset.fromMap(offset).rows().stream())
                .hasSize(Hashes.MOST_IN_TEXT)
                .endsWith(29_999L);
    }

    @Test
    void aStartComesBackAsItWas() {
        KeylessStart start = KeylessStart.fromMap(new KeylessStart(OptionalLong.of(NOW), Hashes.of(5, 5)).toMap());

        assertThat(start.floor()).hasValue(NOW);
        assertThat(start.isBefore(OptionalLong.of(NOW - 1))).isTrue();
        assertThat(start.isBefore(OptionalLong.of(NOW))).isFalse();
        assertThat(start.isBefore(OptionalLong.empty())).isFalse();
        assertThat(start.seen().stream()).containsExactly(5L, 5L);
        assertThat(KeylessStart.fromMap(KeylessStart.OLDEST.toMap()).floor()).isEmpty();
    }

    @Test
    void anOffsetOfTheReleaseBeforeIsRewoundWhole() {
        learn(row(1, NOW, 1));
        stored().forEach((partition, offset) -> {
            Map<String, Object> map = new HashMap<>(offset.toMap());
            map.remove("at");
            KeylessOffset before = KeylessOffset.fromMap(map);
            KeylessStored stored = new KeylessStored(Optional.empty(), Map.of(partition, before));

            assertThat(before.rows().stream()).containsExactly(1L);
            assertThat(stored.rewound(Duration.ofMinutes(10)).buckets().get(partition))
                    .isEqualTo(before.forgotten());
        });
    }

    @Test
    void anOffsetThatIsNoneNamesItsFault() {
        Map<String, Object> map = new HashMap<>(new KeylessOffset(0, 1, Hashes.NONE, Instant.EPOCH).toMap());
        map.put("rows", "AAAA");

        assertThatThrownBy(() -> KeylessOffset.fromMap(map))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes");
    }

    private void learn(KeylessRow row) {
        KnownRows.Place place = known.learn(row, CLOCK);
        kept.put(place.partition(), place.offset());
    }

    private Map<KeylessPartition, KeylessOffset> stored() {
        Map<KeylessPartition, KeylessOffset> stored = new HashMap<>();
        kept.forEach((partition, offset) ->
                stored.put(KeylessPartition.fromMap(partition.toMap()), KeylessOffset.fromMap(offset.toMap())));
        return stored;
    }

    private static KeylessRow row(long hash, long second, int twin) {
        return new KeylessRow(new TableRow(0, Map.of()), hash, twin, OptionalLong.of(second), OptionalLong.of(second));
    }
}
