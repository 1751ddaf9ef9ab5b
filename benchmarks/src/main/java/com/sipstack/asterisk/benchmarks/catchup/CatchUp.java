package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        double[] bareSpeeds = new double[rounds];
        double[] taskSpeeds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            bareSpeeds[i] = bare.speed(rows);
            taskSpeeds[i] = task.speed(rows);
        }
        print(server, "bare JDBC", bareSpeeds);
        print(server, "source task", taskSpeeds);
        System.out.printf("%s: task / bare %.2f%n", server, median(taskSpeeds) / median(bareSpeeds));
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
            print(server, "worker and broker", new double[] {worker.speed(rows)});
        }
    }

    private static void print(String server, String what, double[] speeds) {
        String all = Arrays.stream(speeds)
                .mapToObj(speed -> String.format("%,.0f", speed))
                .collect(Collectors.joining(" "));
        System.out.printf("%s: %-18s %,9.0f rows/s (%s)%n", server, what, median(speeds), all);
    }

    private static double median(double[] speeds) {
        return Arrays.stream(speeds).sorted().toArray()[speeds.length / 2];
    }
}
