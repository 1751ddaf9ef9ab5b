package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingTablesIT {
    private static final String RECORDINGS = "asterisk.recordings";

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableWithIdIsReadById(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute(
                "CREATE TABLE recordings (id INT PRIMARY KEY, call_id VARCHAR(40), linkedid VARCHAR(40), path VARCHAR(200),"
                        + " start " + (database.isPostgres() ? "TIMESTAMP" : "DATETIME")
                        + ", duration VARCHAR(10), agent VARCHAR(20))",
                "INSERT INTO recordings VALUES (7, '1795305288.1', '1795305288.0', '/monitor/2026/in-1.wav',"
                        + " '2026-11-21 18:54:48', '6.5', 'anna')",
                "INSERT INTO recordings VALUES (8, '', '', '', '2026-11-21 18:54:49', '', '')",
                "INSERT INTO recordings VALUES (9, '1795305288.2', NULL, 'in-2.wav', NULL, '1:05', NULL)");
        database.grantSelect();
        try (RunningTask task =
                RunningTask.start(database.settings("start.from", "earliest", "recordings.tables", "recordings"))) {
            List<SourceRecord> records = task.await(RECORDINGS, 2);

            Struct first = (Struct) records.get(0).value();
            assertThat(first.getInt64("position")).isEqualTo(7);
            assertThat(first.getString("origin")).isEqualTo("recordings#0");
            assertThat(first.getString("file_path")).isEqualTo("/monitor/2026/in-1.wav");
            assertThat(first.getString("file_name")).isEqualTo("in-1.wav");
            assertThat(first.getString("uniqueid")).isEqualTo("1795305288.1");
            assertThat(first.getString("linkedid")).isEqualTo("1795305288.0");
            assertThat(first.getInt64("start_time")).isEqualTo(1795305288_000_000L);
            assertThat(first.getFloat64("duration_seconds")).isEqualTo(6.5);
            assertThat(first.getMap("custom")).isEqualTo(Map.of("agent", "anna", "calldate", "2026-11-21 18:54:48"));
            Struct second = (Struct) records.get(1).value();
            assertThat(second.getFloat64("duration_seconds")).isNull();
            assertThat(second.getMap("custom")).isEqualTo(Map.of("duration", "1:05"));
            assertThat(task.of("asterisk.dlq")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableWithoutIdIsReadByTime(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        String insert = "INSERT INTO recordings VALUES ('1795305288.0', '/monitor/', 'in-%s.wav', '%s', 5)";
        database.execute(
                "CREATE TABLE recordings (uniqueid VARCHAR(40), path VARCHAR(200), filename VARCHAR(200), calldate "
                        + (database.isPostgres() ? "TIMESTAMP" : "DATETIME") + ", duration INT)",
                insert.formatted("1", "2026-11-21 18:54:48"),
                insert.formatted("2", "2026-11-21 17:54:48"));
        database.grantSelect();
        Map<String, String> settings = database.settings("start.from", "earliest", "recordings.tables", "recordings");
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        try (RunningTask task = RunningTask.start(settings, offsets, Clock.systemUTC())) {
            assertThat(paths(task.await(RECORDINGS, 2))).containsExactly("/monitor/in-2.wav", "/monitor/in-1.wav");
        }
        database.execute(insert.formatted("3", "2026-11-21 18:00:00"));
        try (RunningTask task = RunningTask.start(settings, offsets, Clock.systemUTC())) {
            assertThat(paths(task.await(RECORDINGS, 1))).containsExactly("/monitor/in-3.wav");
        }
    }

    private static List<String> paths(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Struct) record.value()).getString("file_path"))
                .toList();
    }
}
