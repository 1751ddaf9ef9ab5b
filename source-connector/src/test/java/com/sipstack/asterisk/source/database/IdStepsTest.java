package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdStepsTest {
    @Test
    void everyIdThatIsSkippedIsAGap() {
        assertThat(gaps(IdSteps.of(1, 10, List.of()), 12, 13, 17)).isEqualTo("11,14-16");
        assertThat(gaps(IdSteps.of(1, 10, List.of()), 11, 12)).isEmpty();
    }

    @Test
    void idsOfServersThatDoNotWriteAreNoGaps() {
        IdSteps byThrees = IdSteps.of(3, 10, List.of(7L, 10L));

        assertThat(gaps(byThrees, 13, 16, 22)).isEqualTo("19");
        assertThat(gaps(byThrees, 25)).isEmpty();
    }

    @Test
    void eachServersIdsHaveGapsOfTheirOwn() {
        assertThat(gaps(IdSteps.of(2, 10, List.of(9L, 10L)), 11, 13, 20)).isEqualTo("12-18/2,15-19/2");
    }

    @Test
    void aServerThatBeginsToWriteMayHaveBegunALittleEarlier() {
        IdSteps byThrees = IdSteps.of(3, 10, List.of(10L));

        assertThat(gaps(byThrees, 13, 14)).isEqualTo("5-11/3");
        assertThat(gaps(byThrees, 16, 20)).isEqualTo("17,19");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatIsReadAndWhatIsMissingAreTogetherAllIdsOfTheWriters(int step) {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int writers = 1 + random.nextInt(step);
            List<Long> all = LongStream.rangeClosed(1, 90)
                    .filter(id -> (id - 1) % step < writers)
                    .boxed()
                    .toList();
            List<Long> read = all.stream().filter(id -> random.nextInt(3) > 0).toList();
            List<Long> told = new ArrayList<>(read);
            IdSteps steps = IdSteps.of(step, 0, all.subList(0, writers));
            for (int i = 0; i < read.size(); i += 7) {
                List<TableRow> batch = rows(read.subList(i, Math.min(read.size(), i + 7)));
                steps.gaps(batch, 0, id -> Instant.EPOCH).forEach(gap -> told.addAll(ids(gap)));
            }
            long last = read.get(read.size() - 1);
            assertThat(told)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(id -> id <= last).toList());
        }
    }

    private static List<Long> ids(IdGap gap) {
        return LongStream.rangeClosed(gap.first(), gap.last())
                .filter(gap::contains)
                .boxed()
                .toList();
    }

    private static String gaps(IdSteps steps, long... ids) {
        List<IdGap> gaps = steps.gaps(rows(LongStream.of(ids).boxed().toList()), 4, id -> Instant.EPOCH);
        return OpenGaps.ids(OpenGaps.of(gaps).list());
    }

    private static List<TableRow> rows(List<Long> ids) {
        List<TableRow> rows = new ArrayList<>();
        ids.forEach(id -> rows.add(new TableRow(id, Map.of())));
        return rows;
    }
}
