package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.PbxPlayer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import com.sipstack.asterisk.demopbx.RecordedCall;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sipstack demo}: the whole way, with a PBX and an API of our own. */
@Command(
        name = "demo",
        description =
                "Plays the calls of a real Asterisk through everything, on this machine alone, and shows what arrives.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String KEY = "sk_" + "0123456789abcdef".repeat(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "End after so many calls, with a summary. Default: go on until Ctrl-C.")
    private Integer calls;

    @Option(
            names = "--rate",
            paramLabel = "CALLS",
            defaultValue = "4",
            description = "How many calls begin in a second. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--speed",
            paramLabel = "TIMES",
            defaultValue = "4",
            description = "How much faster than in reality calls go by. Default: ${DEFAULT-VALUE}")
    private double speed;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        requirePositive("--rate", rate);
        requirePositive("--speed", speed);
        if (calls != null) {
            requirePositive("--calls", calls);
        }
        // The terminal is for the calls
        Configurator.setLevel("com.sipstack", Level.WARN);
        Configurator.setLevel("org.apache.kafka", Level.ERROR);
        CountDownLatch cleared = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(stopInOrder(Thread.currentThread(), cleared));
        Path directory = Files.createTempDirectory("sipstack-demo");
        try {
            return run(directory) ? 0 : Sipstack.FAILED;
        } finally {
            delete(directory);
            cleared.countDown();
        }
    }

    private boolean run(Path directory) throws Exception {
        DemoTally tally = new DemoTally();
        try (PostgresServer database = step("PostgreSQL with Asterisk's tables", () -> startDatabase(directory));
                StubApi api = step("a SIPSTACK API of our own", StubApi::start)) {
            api.onDocument(document -> {
                if (tally.arrived(document)) {
                    out.println(DemoLine.of(document));
                }
            });
            boolean over = play(directory, database, api, tally);
            api.refusals().forEach(refusal -> out.println("refused: " + refusal.reason()));
            return tally.summary(out, api.stats(), over);
        }
    }

    /** Returns whether all calls were played, rather than the demo stopped. */
    private boolean play(Path directory, PostgresServer database, StubApi api, DemoTally tally) throws Exception {
        Deployment deployment = Deployment.of(new EnvSettings(settings(database, api)));
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                Instance instance = step(
                        "Kafka, Connect and the assembler",
                        () -> Instance.start(deployment, data, Sipstack.plugins(), new Instance.Ports(0, 0)))) {
            out.printf(
                    "Connect's REST API: %s, Kafka: %s, the API: %s%n",
                    instance.restUrl(), instance.bootstrapServers(), api.uri());
            instance.console().ifPresent(page -> out.printf("See the calls: http://127.0.0.1:%d/%n", page.getPort()));
            out.printf("The PBX makes %s calls a second, %s times as fast as they were.%n%n", rate, speed);
            new PbxPlayer(database, Clock.systemUTC(), rate, speed).play(calls(), tally::began);
            tally.awaitAll(PATIENCE);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** Ctrl-C interrupts the demo's thread, and waits until that has cleared everything away. */
    private static Thread stopInOrder(Thread demo, CountDownLatch cleared) {
        return new Thread(
                () -> {
                    demo.interrupt();
                    try {
                        cleared.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
    }

    /** What a shop would write into its .env, and times short enough to watch. */
    private static Map<String, String> settings(PostgresServer database, StubApi api) {
        return Map.ofEntries(
                Map.entry("API_KEY", KEY),
                Map.entry("API_URL", api.uri().toString()),
                Map.entry("PBX", "demo-pbx"),
                Map.entry("CUSTOMER_ID", "1"),
                Map.entry("COUNTRY", "CA"),
                Map.entry("MONITORING_ENABLED", "false"),
                Map.entry("DB_TYPE", "postgres"),
                Map.entry("DB_HOST", "127.0.0.1"),
                Map.entry("DB_PORT", Integer.toString(database.port())),
                Map.entry("DB_NAME", "postgres"),
                Map.entry("DB_USER", database.user()),
                Map.entry("DB_PASSWORD", database.password()),
                Map.entry("START_FROM", "earliest"),
                Map.entry("RECORDING_PATHS", "none"),
                Map.entry("SHIP_INCOMPLETE_AFTER", "1"),
                Map.entry("SHIP_COMPLETE_AFTER", "1"));
    }

    private Iterator<RecordedCall> calls() {
        List<RecordedCall> recorded = RecordedCall.of(Corpus.PBX_20).stream()
                .filter(RecordedCall::allEnded)
                .toList();
        return calls == null
                ? Stream.generate(() -> recorded).flatMap(List::stream).iterator()
                : PbxPlayer.choose(recorded, calls).iterator();
    }

    private static PostgresServer startDatabase(Path directory) throws IOException, SQLException {
        PostgresServer database = PostgresServer.start(directory.resolve("postgresql"));
        database.createTables();
        return database;
    }

    /** Says what is being started and how long it took. */
    private <T> T step(String what, Callable<T> start) throws Exception {
        out.print("Starting " + what + " … ");
        out.flush();
        long before = System.nanoTime();
        T started = start.call();
        out.printf("%.1f s%n", (System.nanoTime() - before) / 1e9);
        return started;
    }

    private static void requirePositive(String option, double value) throws SettingsException {
        if (value <= 0) {
            throw new SettingsException(option + ": must be greater than 0");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
