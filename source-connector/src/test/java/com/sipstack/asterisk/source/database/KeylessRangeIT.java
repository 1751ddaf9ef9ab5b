package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sipstack.asterisk.model.Provenance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts of a table without id that are read again, and the far look back into it. */
class KeylessRangeIT {
    private static final String CDR = "asterisk.cdr";
    private static final String CEL = "asterisk.cel";
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-21T12:00:00");

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aRangeThatAnotherConnectorReadsAgainHasTheSameRowsAndEndsWhileOtherPbxsGoOn(TestServers server)
            throws Exception {
        TestDatabase east = KeylessCdrs.database(server);
        east.insert("cdr", hourly(12));
        east.insert("cdr", hourly(5).subList(4, 5)); // a twin
        TestDatabase west = server.newDatabase();
        List<SourceRecord> live;
        try (RunningTask task = start(east, "start.from", "earliest")) {
            live = task.await(CDR, 13);
        }
        Map<String, String> range = range(east, west);
        try (RunningTask task = RunningTask.start(range, new HashMap<>(), Clock.systemUTC())) {
            // Legs that end from 15:00 to 17:00, and those that begin in the two hours after
            List<SourceRecord> again = task.await(CDR, 5);
            await().until(() -> !DatabaseRangeIT.isConnected(east));
            assertThat(uniqueids(again)).containsExactly("hour.3", "hour.4", "hour.4", "hour.5", "hour.6");
            assertThat(identities(live)).containsAll(identities(again));

            east.insert("cdr", List.of(KeylessCdrs.leg("live", NOON.plusHours(4), 60)));
            west.insert("cel", RowsOfCalls.cel(1));
            assertThat(task.await(CEL, 1).get(0).key()).isEqualTo("west");
            assertThat(task.of(CDR)).hasSize(5);
            assertThat(DatabaseRangeIT.isConnected(east)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void whatAFailureMayHaveTakenIsReadAgainOnce(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", List.of(KeylessCdrs.leg("early", NOON, 5)));
        try (RunningTask task = start(database, "start.from", "earliest")) {
            task.await(CDR, 1);
            clock.advance(Duration.ofHours(1));
            database.insert("cdr", List.of(KeylessCdrs.leg("lost", NOON.plusHours(1), 5)));
            task.await(CDR, 2);
        }
        clock.advance(Duration.ofMinutes(5));
        String failure = clock.instant().toString();
        for (String expected : List.of("lost", "")) {
            try (RunningTask task = start(database, "rewind.before", failure)) {
                task.awaitCounters(counters -> counters.turns() > 4);
                assertThat(uniqueids(task.of(CDR))).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
            }
            clock.advance(Duration.ofMinutes(5));
        }
    }

    @Test
    void aNewRowDoesNotWaitForTheLookFarBack() throws Exception {
        TestDatabase database = KeylessCdrs.database(TestServers.POSTGRESQL);
        int known = 6000;
        database.execute("INSERT INTO cdr (calldate, channel, uniqueid) SELECT TIMESTAMP '2026-11-21 12:00:00'"
                + " + i * INTERVAL '3 seconds', 'SIP/1', 'known.' || i FROM generate_series(1, " + known + ") i");
        try (RunningTask task = start(database, "batch.rows", "4", "keyless.narrow.window.ms", "10000")) {
            task.awaitCounters(counters -> readAgain(counters) >= known);
            clock.advance(Duration.ofMinutes(10));
            task.awaitCounters(counters -> readAgain(counters) > known);
            database.insert("cdr", List.of(KeylessCdrs.leg("new", NOON.plusHours(6), 5)));
            clock.advance(Duration.ofSeconds(1));

            assertThat(uniqueids(task.await(CDR, 1))).containsExactly("new");
            assertThat(readAgain(task.counters())).isLessThan(2L * known);
        }
    }

    @Test
    void theLookFarBackKeepsToThePace() throws Exception {
        TestDatabase database = KeylessCdrs.database(TestServers.MARIADB);
        database.insert("cdr", hourly(6));
        long begin = System.nanoTime();
        String[] settings = {"max.rows.per.second", "2", "timezone", "UTC"};
        try (RunningTask task = RunningTask.start(database.settings(settings), offsets, Clock.systemUTC())) {
            task.awaitCounters(counters -> readAgain(counters) == 6);
        }
        // Rows of one time may come in the next page once more, and the last two are not waited for
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    }

    private static long readAgain(PbxCounters counters) {
        return counters.tables().get("cdr").rowsReadAgain();
    }

    private static Map<String, String> range(TestDatabase east, TestDatabase west) {
        return east.settings(
                "pbxs", "east,west",
                "pbxs.east.start.from", "2026-11-21T15:00:00Z",
                "pbxs.east.end.at", "2026-11-21T17:00:00Z",
                "pbxs.west.database.url", west.jdbcUrl(),
                "pbxs.west.database.user", west.reader(),
                "start.from", "earliest",
                "timezone", "UTC");
    }

    private RunningTask start(TestDatabase database, String... settings) {
        Map<String, String> all = database.settings(settings);
        all.put("timezone", "UTC");
        return RunningTask.start(all, offsets, clock);
    }

    /** Legs of a minute, from noon on. */
    private static List<Map<String, Object>> hourly(int count) {
        List<Map<String, Object>> legs = new ArrayList<>();
        for (int hour = 0; hour < count; hour++) {
            legs.add(KeylessCdrs.leg("hour." + hour, NOON.plusHours(hour), 60));
        }
        return legs;
    }

    /** All by which a row is known again. */
    private static List<List<Object>> identities(List<SourceRecord> records) {
        return records.stream()
                .map(record -> List.of(
                        record.key(),
                        record.value(),
                        Optional.ofNullable(record.headers().lastWithName(Provenance.TWIN_HEADER))
                                .map(Header::value)))
                .toList();
    }

    private static List<String> uniqueids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getString("uniqueid"))
                .toList();
    }
}
