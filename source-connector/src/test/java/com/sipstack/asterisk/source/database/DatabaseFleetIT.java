package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.source.fleet.BrokenPbxs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many PBXs in one connector. */
class DatabaseFleetIT {
    private static final String CEL = "asterisk.cel";
    private static final String GAPS = "asterisk.gaps";

    @Test
    void pbxsThatHangDelayNoOther() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = fleet(database, 50);
            String nowhere = "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/asterisk";
            IntStream.range(0, 10).forEach(pbx -> settings.put("pbxs.pbx" + pbx + ".database.url", nowhere));
            try (RunningTask task = RunningTask.start(settings)) {
                task.await(GAPS, 40);
                long before = System.nanoTime();
                database.insert("cel", RowsOfCalls.cel(1));
                List<SourceRecord> records = task.await(CEL, 40);
                Duration latency = Duration.ofNanos(System.nanoTime() - before);

                assertThat(keys(records)).hasSize(40).doesNotContain("pbx0", "pbx9");
                assertThat(latency).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    @Test
    void aPbxWhoseReadingBreaksKeepsNoOtherFromBeingRead() throws Exception {
        TestDatabase database = TestServers.MARIADB.newDatabase();
        Map<String, String> settings = fleet(database, 2);
        settings.put("pbxs.pbx0.database.url", "jdbc:mariadb://127.0.0.1:" + unusedPort() + "/asterisk");
        CountDownLatch broke = new CountDownLatch(1);
        DoubleSupplier brokenByAnyFailure = () -> {
            broke.countDown();
            throw new IllegalStateException("nobody foresaw it");
        };
        try (LogLines log = LogLines.of(BrokenPbxs.class);
                RunningTask task =
                        RunningTask.start(settings, new HashMap<>(), Clock.systemUTC(), brokenByAnyFailure)) {
            assertThat(broke.await(60, TimeUnit.SECONDS)).isTrue();
            task.await(GAPS, 1);
            Awaitility.await().until(log::warnings, lines -> !lines.isEmpty());
            database.insert("cel", RowsOfCalls.cel(1));

            assertThat(keys(task.await(CEL, 1))).containsExactly("pbx1");
            assertThat(log.warnings()).singleElement().asString().contains("PBX pbx0", "nobody foresaw it");
        }
    }

    @Test
    void aThousandPbxsAreSpreadOverTheTasks() throws Exception {
        Map<String, String> settings = fleet(TestServers.MARIADB.newDatabase(), 1000);
        DatabaseSourceConnector connector = new DatabaseSourceConnector();
        connector.start(settings);

        List<Map<String, String>> tasks = connector.taskConfigs(8);

        assertThat(tasks).hasSize(8);
        assertThat(tasks.stream().map(task -> task.get("pbxs").split(",", -1).length))
                .containsOnly(125);
        assertThat(tasks.stream()
                        .flatMap(task -> List.of(task.get("pbxs").split(",", -1)).stream())
                        .distinct())
                .hasSize(1000);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closedSoon.getLocalPort();
        }
    }

    private static Map<String, String> fleet(TestDatabase database, int size) {
        Map<String, String> settings = new HashMap<>(database.settings("cdr.tables", "", "poll.interval.ms", "100"));
        settings.put(
                "pbxs", IntStream.range(0, size).mapToObj(pbx -> "pbx" + pbx).collect(Collectors.joining(",")));
        return settings;
    }

    private static Set<Object> keys(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::key).collect(Collectors.toSet());
    }
}
