package com.sipstack.asterisk.demopbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PbxPlayerTest {
    private final List<RecordedCall> recorded = RecordedCall.of(Corpus.PBX_20);

    @Test
    void takesExactlyAsManyCallsAsAskedForThoughSomeBelongTogether() {
        for (int calls : new int[] {1, 2, 50, 84, 200}) {
            List<RecordedCall> chosen = PbxPlayer.choose(recorded, calls);
            assertThat(chosen.stream().mapToInt(call -> call.linkedids().size()).sum())
                    .isEqualTo(calls);
        }
    }

    @Test
    void playsTheSameCallTwiceUnderDifferentIdentities() throws Exception {
        try (PostgresServer database = PostgresServer.start()) {
            database.createTables();
            List<FreshCall> begun = new ArrayList<>();
            RecordedCall call = recorded.get(0);

            new PbxPlayer(database, Clock.systemUTC(), 100, 1000)
                    .play(List.of(call, call).iterator(), begun::add);

            Set<String> linkedids = new TreeSet<>();
            begun.forEach(fresh -> linkedids.addAll(fresh.linkedids()));
            assertThat(linkedids).hasSize(2);
            assertThat(textColumn(database, "SELECT DISTINCT linkedid FROM cel"))
                    .isEqualTo(linkedids);
            assertThat(textColumn(database, "SELECT DISTINCT linkedid FROM cdr"))
                    .isEqualTo(linkedids);
            assertThat(textColumn(database, "SELECT count(*) FROM cel")).containsExactly("34");
            assertThat(textColumn(database, "SELECT DISTINCT channame FROM cel"))
                    .hasSize(2 * channels(call).size());
        }
    }

    @Test
    void keepsTheClockOfTheRowsAndThatOfTheUniqueidTogether() throws Exception {
        RecordedCall call = recorded.get(0);
        FreshCall fresh = FreshCall.of(call, Clock.systemUTC().instant(), new FreshCall.Sequence(), 1, Corpus.ZONE);

        java.time.LocalDateTime local = java.time.LocalDateTime.parse(
                fresh.rows().get(0).columns().get("eventtime").toString().replace(' ', 'T'));
        String linkedid = fresh.linkedids().get(0);
        long epochSecond = Long.parseLong(linkedid.substring(0, linkedid.indexOf('.')));
        assertThat(local.atZone(Corpus.ZONE).toEpochSecond()).isEqualTo(epochSecond);
    }

    private static Set<Object> channels(RecordedCall call) {
        return call.rows().stream()
                .filter(row -> row.table().equals("cel"))
                .map(row -> row.columns().get("channame"))
                .collect(Collectors.toSet());
    }

    private static Set<String> textColumn(AsteriskDatabase database, String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Set<String> values = new TreeSet<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
