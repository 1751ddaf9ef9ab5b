package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every committed row arrives, whoever writes beside it and however often the task dies. */
class DatabaseStormIT {
    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final Set<String> arrived = new HashSet<>();

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void everyCommittedRowArrives(TestServers server) throws Exception {
        read(server.newDatabase(), new WriterStorm.Shape(12, 2), 4, 20261122);
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    @Tag("long")
    void everyCommittedRowArrivesThoughTransactionsTakeFiveSeconds(TestServers server) throws Exception {
        read(server.newDatabase(), new WriterStorm.Shape(250, 5), 20, 4711);
    }

    private void read(TestDatabase database, WriterStorm.Shape shape, int restarts, long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, String> settings = database.settings("start.from", "earliest", "batch.rows", "20");
        try (WriterStorm storm = WriterStorm.start(database, shape, seed)) {
            for (int i = 0; i < restarts; i++) {
                readUntilItDies(settings, 1 + random.nextInt(2 * shape.rows() / (restarts + 1)), random);
            }
            readAll(settings, storm);
            assertThat(arrived).isEqualTo(storm.committed());
        }
    }

    /** What it gave last reaches the broker in part. */
    private void readUntilItDies(Map<String, String> settings, int enough, Random random) throws InterruptedException {
        try (RunningTask task = RunningTask.start(settings, offsets, Clock.systemUTC())) {
            List<SourceRecord> polled = new ArrayList<>();
            for (int read = 0; read < enough; read += polled.size()) {
                acknowledge(task, polled);
                polled = task.poll();
            }
            acknowledge(task, polled.subList(0, random.nextInt(polled.size() + 1)));
        }
    }

    private void readAll(Map<String, String> settings, WriterStorm storm) throws Exception {
        try (RunningTask task = RunningTask.start(settings, offsets, Clock.systemUTC())) {
            await().pollInSameThread().atMost(Duration.ofMinutes(5)).until(() -> {
                acknowledge(task, task.poll());
                return storm.isOver();
            });
            Set<String> committed = storm.committed();
            await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
                acknowledge(task, task.poll());
                return arrived.size() >= committed.size();
            });
        }
    }

    private void acknowledge(RunningTask task, List<SourceRecord> polled) {
        task.acknowledge(polled);
        arrived.addAll(polled.stream()
                .filter(record -> record.topic().equals("asterisk.cel"))
                .map(record -> ((Struct) record.value()).getString("uniqueid"))
                .collect(Collectors.toSet()));
    }
}
