package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run catch-up}. */
@Command(
        name = "catch-up",
        description =
                "Reads a backlog of CEL rows: the database source's task, and a bare JDBC streaming read of the same rows.",
        mixinStandardHelpOptions = true)
public final class CatchUp implements Callable<Integer> {
    private static final int WARM_UP_ROWS = 100_000;

    @Option(names = "--rows", defaultValue = "1000000", description = "Rows of the backlog (${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--servers",
            split = ",",
            defaultValue = "mariadb,postgresql",
            description = "Which of mariadb, postgresql (both).")
    private List<String> servers;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Turns of bare read and task; the median counts (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--no-worker", description = "Leaves out the way through a worker and a broker.")
    private boolean isWithoutWorker;

    @Override
    public Integer call() throws Exception {
        for (String server : servers) {
            try (AsteriskDatabase database = start(server)) {
                System.out.printf("%s: writing %,d CEL rows …%n", server, rows);
                CelTable.fill(database, rows);
                measure(server, database);
            }
        }
        return 0;
    }

    private static AsteriskDatabase start(String server) throws Exception {
        return switch (server) {
            case "mariadb" -> MariaDbServer.start("--innodb-buffer-pool-size=1G");
            case "postgresql" -> PostgresServer.start();
            default -> throw new IllegalArgumentException("there is no server '" + server + "' here");
        };
    }

    private void measure(String server, AsteriskDatabase database) throws Exception {
        Reading bare = new BareRead(database);
        Reading task = new TaskRead(database);
        bare.read(Math.min(rows, WARM_UP_ROWS), Reading.Watch.NONE);
        task.read(Math.min(rows, WARM_UP_ROWS), Reading.Watch.NONE);
        List<Reading.Speed> bareSpeeds = new ArrayList<>();
        List<Reading.Speed> taskSpeeds = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            bareSpeeds.add(bare.measure(rows));
            taskSpeeds.add(task.measure(rows));
        }
        print(server, "bare JDBC", bareSpeeds);
        print(server, "source task", taskSpeeds);
        System.out.printf(
                "%s: task / bare %.2f%n",
                server, median(taskSpeeds).rowsPerSecond() / median(bareSpeeds).rowsPerSecond());
        printHeap(server, task);
        if (!isWithoutWorker) {
            throughWorker(server, database);
        }
    }

    private void printHeap(String server, Reading task) throws Exception {
        HeapWatch heap = new HeapWatch(rows);
        task.read(rows, heap);
        System.out.printf(
                "%s: largest heap after a collection, by quarter of the backlog: %s MiB%n",
                server, Arrays.toString(heap.peaks()));
    }

    private void throughWorker(String server, AsteriskDatabase database) throws Exception {
        try (WorkerRead worker = WorkerRead.start(database)) {
            worker.read(Math.min(rows, WARM_UP_ROWS), Reading.Watch.NONE);
            print(server, "worker and broker", List.of(worker.measure(rows)));
        }
    }

    private static void print(String server, String what, List<Reading.Speed> speeds) {
        Reading.Speed median = median(speeds);
        System.out.printf(
                "%s: %-18s %,9.0f rows/s, %5.1f µs of processor time a row (of %d)%n",
                server, what, median.rowsPerSecond(), median.cpuMicros(), speeds.size());
    }

    private static Reading.Speed median(List<Reading.Speed> speeds) {
        return speeds.stream()
                .sorted(Comparator.comparingDouble(Reading.Speed::rowsPerSecond))
                .toList()
                .get(speeds.size() / 2);
    }
}
