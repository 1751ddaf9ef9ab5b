package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenGapsTest {
    private static final Instant THEN = Instant.ofEpochMilli(1000);
    private static final Instant LATER = Instant.ofEpochMilli(2000);

    @Test
    void theTextTellsTimesAndIds() {
        OpenGaps gaps =
                OpenGaps.of(List.of(gap("20-29/3", LATER), gap("5-7", THEN), gap("9", LATER), gap("12-13", THEN)));

        assertThat(gaps.text()).isEqualTo("1000:5-7,12-13 2000:9,20-29/3");
        assertThat(OpenGaps.parse(gaps.text())).isEqualTo(gaps);
        assertThat(OpenGaps.parse("")).isEqualTo(OpenGaps.NONE);
    }

    @Test
    void aRowInTheMiddleLeavesTwoGapsAsOldAsTheOne() {
        OpenGaps gaps = OpenGaps.of(List.of(gap("5-9", THEN)));

        assertThat(gaps.filledAt(7).list()).containsExactly(gap("5-6", THEN), gap("8-9", THEN));
        assertThat(gaps.filledAt(5).list()).containsExactly(gap("6-9", THEN));
        assertThat(gaps.filledAt(9).list()).containsExactly(gap("5-8", THEN));
        assertThat(gaps.filledAt(4)).isEqualTo(gaps);
    }

    @Test
    void theLowWaterMarkLiesBeforeTheFirstGap() {
        assertThat(OpenGaps.of(List.of(gap("5-9", THEN))).lowWaterMark(20)).isEqualTo(4);
        assertThat(OpenGaps.NONE.lowWaterMark(20)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void gapsAreTheSetOfIdsThatTheyStandFor(int step) {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SortedSet<Long> ids = new TreeSet<>();
            OpenGaps gaps = OpenGaps.of(randomGaps(random, step, ids));
            assertThat(ids(gaps)).as("seed %d", seed).isEqualTo(ids);
            for (int i = 0; i < 40; i++) {
                long id = random.nextInt(220);
                gaps = gaps.filledAt(id);
                ids.remove(id);
            }
            long end = random.nextInt(220);
            assertThat(ids(gaps)).as("seed %d", seed).isEqualTo(ids);
            assertThat(ids(gaps.upTo(end))).as("seed %d", seed).isEqualTo(ids.headSet(end + 1));
            assertThat(OpenGaps.parse(gaps.text())).as("seed %d", seed).isEqualTo(gaps);
        }
    }

    private static List<IdGap> randomGaps(Random random, int step, SortedSet<Long> ids) {
        List<IdGap> gaps = new ArrayList<>();
        long first = 1L + random.nextInt(5);
        while (first < 200) {
            long last = first + (long) step * random.nextInt(8);
            IdGap gap = new IdGap(first, last, step, random.nextBoolean() ? THEN : LATER);
            gaps.add(gap);
            ids.addAll(ids(OpenGaps.of(List.of(gap))));
            first = last + 1L + random.nextInt(10);
        }
        return gaps;
    }

    private static SortedSet<Long> ids(OpenGaps gaps) {
        return gaps.list().stream()
                .flatMap(gap -> LongStream.rangeClosed(gap.first(), gap.last())
                        .filter(gap::contains)
                        .boxed())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static IdGap gap(String ids, Instant since) {
        return IdGap.parse(ids, since);
    }
}
