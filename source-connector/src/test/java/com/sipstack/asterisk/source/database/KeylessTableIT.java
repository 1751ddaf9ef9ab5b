package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables without id, such as FreePBX's: every row once, whenever it comes. */
class KeylessTableIT {
    private static final String CDR = "asterisk.cdr";
    private static final String GAPS = "asterisk.gaps";
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-21T12:00:00");

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void freePbxsRowsArriveCompleteAndUnchanged(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", KeylessCdrs.corpus());
        try (RunningTask task = start(database, "start.from", "earliest", "batch.rows", "7")) {
            List<SourceRecord> records = task.await(CDR, KeylessCdrs.corpus().size());

            assertThat(records)
                    .extracting(KeylessTableIT::columns)
                    .containsExactlyInAnyOrderElementsOf(KeylessCdrs.corpus().stream()
                            .map(KeylessTableIT::texts)
                            .toList());
            assertThat(records)
                    .extracting(record -> ((Struct) record.value()).getString("origin"))
                    .containsOnly("cdr#0");
            assertThat(records)
                    .extracting(record -> ((Struct) record.value()).getInt64("position"))
                    .containsOnlyNulls();
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aCallArrivesThatEndsAfterAThousandShorterOnes(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("before", NOON, 5)));
        List<Map<String, Object>> shorter = IntStream.range(0, 1000)
                .mapToObj(i -> KeylessCdrs.leg("short." + i, NOON.plusSeconds(60 + 10L * i), 8))
                .toList();
        Map<String, Object> longest = KeylessCdrs.leg("long", NOON.plusSeconds(30), 3 * 3600);
        try (RunningTask task = start(database)) {
            task.await(GAPS, 2);
            database.insert("cdr", shorter);
            task.await(CDR, 1000);
            database.insert("cdr", List.of(longest));
            clock.advance(Duration.ofMinutes(1));

            assertThat(uniqueids(task.await(CDR, 1001)))
                    .hasSize(1001)
                    .endsWith("long")
                    .doesNotContain("before");
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void rowsThatAreReallyEqualAreAllKept(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        Map<String, Object> row = KeylessCdrs.leg("twin", NOON, 5);
        database.insert("cdr", List.of(row, row));
        try (RunningTask task = start(database, "start.from", "earliest")) {
            assertThat(task.await(CDR, 2))
                    .extracting(record -> record.headers().lastWithName(Provenance.TWIN_HEADER) != null)
                    .containsExactly(false, true);
        }
        database.insert("cdr", List.of(row));
        try (RunningTask task = start(database, "start.from", "earliest")) {
            SourceRecord third = task.await(CDR, 1).get(0);
            assertThat(third.headers().lastWithName(Provenance.TWIN_HEADER).value())
                    .isEqualTo(3);
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void moreRowsOfOneSecondThanAPageHoldsAreRead(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert(
                "cdr",
                IntStream.range(0, 30)
                        .mapToObj(i -> KeylessCdrs.leg("same." + i, NOON, 5))
                        .toList());
        database.insert("cdr", List.of(KeylessCdrs.leg("later", NOON.plusSeconds(1), 5)));
        try (RunningTask task = start(database, "start.from", "earliest", "batch.rows", "3")) {
            assertThat(uniqueids(task.await(CDR, 31))).doesNotHaveDuplicates().endsWith("later");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void latestMeansWhatComesAfterTheFirstLookThoughItEndedBefore(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("old", NOON, 60), KeylessCdrs.leg("there", NOON, 3600)));
        try (RunningTask task = start(database)) {
            task.await(GAPS, 2);
        }
        // In batch mode these are written minutes after their ends
        database.insert(
                "cdr", List.of(KeylessCdrs.leg("late", NOON, 3600 - 550), KeylessCdrs.leg("new", NOON, 3600 + 60)));
        try (RunningTask task = start(database)) {
            assertThat(uniqueids(task.await(CDR, 2))).containsExactlyInAnyOrder("late", "new");
            assertThat(task.of(GAPS)).isEmpty();
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void whatComesHoursAfterItsEndIsReadByTheTaskThatSawItMissing(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert(
                "cdr", List.of(KeylessCdrs.leg("old", NOON, 5), KeylessCdrs.leg("newest", NOON.plusHours(5), 5)));
        try (RunningTask task = start(database)) {
            task.await(GAPS, 2);
            database.insert("cdr", List.of(KeylessCdrs.leg("very late", NOON, 6)));
            clock.advance(Duration.ofMinutes(1));

            assertThat(uniqueids(task.await(CDR, 1))).containsExactly("very late");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void anInstantBeginsWithTheLegsThatEndThenOrLater(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        // 12:00 in Toronto is 17:00 UTC
        database.insert(
                "cdr",
                List.of(
                        KeylessCdrs.leg("1795280400.1", NOON, 59),
                        KeylessCdrs.leg("1795280400.2", NOON, 60),
                        KeylessCdrs.leg("1795280400.3", NOON, 7000),
                        KeylessCdrs.leg("1795280530.4", NOON.plusSeconds(130), 1)));
        try (RunningTask task = start(database, "start.from", "2026-11-21T17:01:00Z")) {
            assertThat(uniqueids(task.await(CDR, 3))).allMatch(id -> id.matches(".*[234]"));
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void whatWasWrittenDuringALongStandstillIsRead(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("old", NOON, 60)));
        try (RunningTask task = start(database)) {
            task.await(GAPS, 2);
        }
        List<Map<String, Object>> missed = IntStream.rangeClosed(1, 200)
                .mapToObj(hour -> KeylessCdrs.leg("hour." + hour, NOON.plusHours(hour), 60))
                .toList();
        database.insert("cdr", missed);
        clock.advance(Duration.ofDays(10));
        try (RunningTask task = start(database, "batch.rows", "10")) {
            assertThat(uniqueids(task.await(CDR, 200))).hasSize(200).doesNotHaveDuplicates();
        }
        clock.advance(Duration.ofDays(1));
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aClockThatWasWrongForAMomentDoesNotMoveTheWindow(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("of the future", NOON.plusYears(10), 5)));
        try (RunningTask task = start(database, "start.from", "earliest")) {
            task.await(CDR, 1);
            database.insert("cdr", List.of(KeylessCdrs.leg("of now", NOON.plusHours(14), 5)));
            clock.advance(Duration.ofMinutes(1));
            assertThat(uniqueids(task.await(CDR, 2))).containsExactly("of the future", "of now");
        }
        assertNextTaskReadsOnlyWhatIsNew(database);
    }

    /** A row of its own is read by the next task, and no other. */
    private void assertNextTaskReadsOnlyWhatIsNew(TestDatabase database) throws Exception {
        database.execute(
                "INSERT INTO cdr (calldate, channel, uniqueid) SELECT MAX(calldate), 'SIP/1', 'marker' FROM cdr");
        try (RunningTask task = start(database, "start.from", "earliest")) {
            assertThat(uniqueids(task.await(CDR, 1))).containsExactly("marker");
            database.execute(
                    "INSERT INTO cdr (calldate, channel, uniqueid) SELECT MAX(calldate), 'SIP/1', 'end' FROM cdr");
            assertThat(uniqueids(task.await(CDR, 2))).containsExactly("marker", "end");
        }
    }

    private RunningTask start(TestDatabase database, String... settings) {
        return RunningTask.start(database.settings(settings), offsets, clock);
    }

    private static List<String> uniqueids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getString("uniqueid"))
                .toList();
    }

    private static Map<String, String> columns(SourceRecord record) {
        Struct row = (Struct) record.value();
        Map<String, String> columns = new HashMap<>();
        for (String name : new ArrayList<>(KeylessCdrs.corpus().get(0).keySet())) {
            columns.put(name, row.get(name).toString());
        }
        return columns;
    }

    private static Map<String, String> texts(Map<String, Object> row) {
        Map<String, String> columns = new HashMap<>();
        row.forEach((name, value) -> columns.put(name, value.toString()));
        return columns;
    }
}
