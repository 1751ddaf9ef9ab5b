package com.sipstack.asterisk.benchmarks.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.benchmarks.StubProcess;
import com.sipstack.asterisk.benchmarks.endtoend.Measurement.Stretch;
import com.sipstack.asterisk.benchmarks.endtoend.ReferenceLoops.Loop;
import com.sipstack.asterisk.benchmarks.endtoend.Sampler.Sample;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack bench}, {@code benchmarks/run end-to-end}. */
@Command(
        name = "end-to-end",
        description =
                "Calls from PBXs' tables through the packed all-in-one to an API, and the reference loops on the same rows.",
        mixinStandardHelpOptions = true)
public final class EndToEnd implements Callable<Integer> {
    private static final int MOST_RECORDS = 100_000;
    private static final int BACKLOG_CALLS_PER_SECOND = 50;

    @Spec
    private CommandSpec spec;

    @Option(names = "--calls", defaultValue = "2000", description = "Calls that count. Default: ${DEFAULT-VALUE}")
    private int calls;

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            description = "Calls before those, as a backlog. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--kind",
            defaultValue = "EVERY",
            description =
                    "Calls of every kind, or plain answered ones alone: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Traffic.Kind kind;

    @Option(
            names = "--pbxs",
            defaultValue = "1",
            description = "PBXs that make them in turn. Default: ${DEFAULT-VALUE}")
    private int pbxs;

    @Option(
            names = "--rate",
            description = "Calls that begin in a second. Default: a backlog that is there when reading begins.")
    private Double rate;

    @Option(
            names = "--speed",
            defaultValue = "4",
            description = "With --rate: how much faster than in reality calls go by. Default: ${DEFAULT-VALUE}")
    private double speed;

    @Option(
            names = "--rest",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "For how long it is left alone after the last receipt, which tells what idling takes: the JIT compiler"
                            + " goes on for minutes. Default: ${DEFAULT-VALUE}")
    private int restSeconds;

    @Option(
            names = "--database",
            defaultValue = "mariadb",
            description = "mariadb or postgresql. Default: ${DEFAULT-VALUE}")
    private String database;

    @Option(names = "--partitions", defaultValue = "1", description = "Of each topic. Default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(
            names = "--java-options",
            description = "Of the all-in-one, such as \"-Xmx1g -XX:+UseSerialGC\". Default: those that users have.")
    private Optional<String> javaOptions = Optional.empty();

    @Option(names = "--no-references", description = "Leaves the reference loops out.")
    private boolean isWithoutReferences;

    @Option(
            names = "--write",
            paramLabel = "NAME",
            description = "Writes docs/benchmarks/end-to-end/NAME as .md, .json and .svg, too.")
    private String name;

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("end-to-end");
        try (AsteriskDatabase server = startDatabase()) {
            EndToEndResult result = measure(server, directory);
            System.out.println(ResultTable.of(result));
            if (name != null) {
                write(result);
            }
        } finally {
            Utils.delete(directory.toFile());
        }
        return 0;
    }

    private AsteriskDatabase startDatabase() throws IOException {
        return switch (database) {
            case "mariadb" -> MariaDbServer.start("--max-connections=2000");
            case "postgresql" -> PostgresServer.start();
            default ->
                throw new IllegalArgumentException("--database: '" + database + "' is not one of mariadb, postgresql");
        };
    }

    private EndToEndResult measure(AsteriskDatabase server, Path directory) throws Exception {
        List<PbxDatabase> tables = createTables(server);
        int kafkaPort = FreePort.any();
        Receipts receipts = new Receipts();
        try (StubProcess api = StubProcess.start(receipts::add)) {
            RecordedTopics recorded;
            EndToEndResult result;
            try (Way way = Way.start(checkout(), directory, javaOptions, kafkaPort, partitions, tables, api)) {
                result = measure(new Measurement(way, receipts, Duration.ofSeconds(restSeconds)), server, tables);
                recorded = RecordedTopics.of("127.0.0.1:" + kafkaPort, isWithoutReferences ? 0 : MOST_RECORDS);
            }
            return isWithoutReferences ? result : result.with(references(tables, recorded, directory, api));
        }
    }

    private List<PbxDatabase> createTables(AsteriskDatabase server) throws SQLException {
        List<PbxDatabase> tables = new ArrayList<>();
        for (int number = 1; number <= pbxs; number++) {
            PbxDatabase pbx = new PbxDatabase(server, number);
            pbx.create();
            tables.add(pbx);
        }
        return tables;
    }

    private EndToEndResult measure(Measurement measurement, AsteriskDatabase server, List<PbxDatabase> tables)
            throws Exception {
        FreshCall.Sequence sequence = new FreshCall.Sequence();
        try (TableWriter writer = new TableWriter(server, tables)) {
            measurement.backlog(backlog(sequence, warmUp), writer);
        }
        try (TableWriter writer = new TableWriter(server, tables)) {
            Stretch stretch = rate == null
                    ? measurement.backlog(backlog(sequence, calls), writer)
                    : measurement.live(new Traffic(kind, sequence, calls, pbxs, rate, speed, Instant.now()), writer);
            return result(stretch, writer, measurement);
        }
    }

    /** As busy PBXs write it. */
    private Traffic backlog(FreshCall.Sequence sequence, int number) {
        Instant begin = Instant.now().minusSeconds(number / BACKLOG_CALLS_PER_SECOND);
        return new Traffic(kind, sequence, number, pbxs, BACKLOG_CALLS_PER_SECOND, 1, begin);
    }

    private EndToEndResult result(Stretch stretch, TableWriter writer, Measurement measurement)
            throws IOException, InterruptedException {
        Sample work = stretch.work();
        int arrived = writer.lastRows().size();
        return new EndToEndResult(
                command(),
                machine(),
                database,
                pbxs,
                partitions,
                arrived,
                writer.rows(),
                stretch.documents(),
                (measurement.receipts().latest() - stretch.begin().at()) / 1e3,
                CpuShares.byPart(work, arrived),
                CpuShares.byThread(work, arrived),
                measurement.way().allInOne().linux().peakMebibytes(),
                rate == null ? Map.of() : Latencies.of(writer.lastRows(), measurement.receipts()),
                measurement.idlePercent(),
                List.of());
    }

    private static String machine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return String.format(
                "%d cores, %d GB, OpenJDK %s, load average %.1f at the end.",
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 30,
                Runtime.version().feature(),
                system.getSystemLoadAverage());
    }

    private static List<Loop> references(
            List<PbxDatabase> tables, RecordedTopics recorded, Path directory, StubProcess api) throws Exception {
        System.err.println("the reference loops, on the same rows and documents …");
        ReferenceLoops loops = new ReferenceLoops(recorded, directory);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("reference"), 0)) {
            return List.of(
                    ReferenceLoops.jdbcRead(tables),
                    loops.produceAndConsume(broker),
                    loops.copy(broker),
                    loops.post(api.uri()));
        }
    }

    private String command() {
        List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
        return "./sipstack bench "
                + arguments.stream().filter(word -> !word.equals(spec.name())).collect(Collectors.joining(" "));
    }

    private static Path checkout() {
        return Path.of(Optional.ofNullable(System.getProperty("sipstack.home")).orElse("."))
                .toAbsolutePath();
    }

    private void write(EndToEndResult result) throws IOException {
        Path folder = Files.createDirectories(checkout().resolve("docs/benchmarks/end-to-end"));
        Files.writeString(folder.resolve(name + ".md"), ResultTable.of(result));
        Files.writeString(folder.resolve(name + ".svg"), ResultPlot.of(result));
        Files.writeString(
                folder.resolve(name + ".json"),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    }
}
