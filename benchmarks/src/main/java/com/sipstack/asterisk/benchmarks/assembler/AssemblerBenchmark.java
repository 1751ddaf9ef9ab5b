package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run assembler}: events a second beside a copying app, memory by tenth of the calls, restoring of a lost disk. */
@Command(
        name = "assembler",
        description =
                "Rows a second of processor time, beside a Streams app that copies the same bytes through a state store.",
        mixinStandardHelpOptions = true)
public final class AssemblerBenchmark implements Callable<Integer> {
    private static final int TENTHS = 10;

    @Option(
            names = "--calls",
            defaultValue = "5000",
            description = "Recorded scenes of about 35 rows that are played and measured. Default: ${DEFAULT-VALUE}")
    private int calls;

    @Option(
            names = "--warm-up",
            defaultValue = "5000",
            description =
                    "Scenes that are played before: until the JVM has compiled the code, that is most of what it does. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--guarantee",
            defaultValue = "exactly_once_v2",
            description = "Of both apps: exactly_once_v2 or at_least_once. Default: ${DEFAULT-VALUE}")
    private String guarantee;

    @Option(names = "--alone", description = "Without the copying app beside it")
    private boolean isAlone;

    private Apps apps;

    /** @param seconds of processor time, of all the app's threads */
    private record Figures(long rows, double seconds, double wallSeconds) {
        double perSecond() {
            return rows / seconds;
        }
    }

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("assembler-benchmark");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            apps = new Apps(broker, directory, guarantee);
            Figures ours = measureAssembler();
            print("assembler", ours);
            if (!isAlone) {
                Figures bare = measureCopies();
                print("copying app", bare);
                System.out.printf("%.0f %% of the copying app%n", 100 * ours.perSecond() / bare.perSecond());
            }
        } finally {
            Utils.delete(directory.toFile());
        }
        return 0;
    }

    private static void print(String name, Figures figures) {
        System.out.printf(
                "%-12s %,9.0f rows a second of processor time, %,9.0f rows/s by the clock%n",
                name, figures.perSecond(), figures.rows() / figures.wallSeconds());
    }

    private Figures measureCopies() throws Exception {
        Topics topics = apps.createTopics("copying", 1);
        try (Play play = new Play(apps.broker(), topics, 1);
                StreamsProcess app = apps.copying(topics)) {
            return measure(play, app, false);
        }
    }

    private Figures measureAssembler() throws Exception {
        Topics topics = apps.createTopics("assembler", 1);
        int port = FreePort.any();
        Figures figures;
        try (Play play = new Play(apps.broker(), topics, 1);
                StreamsProcess app = apps.assembler(topics, port)) {
            figures = measure(play, app, true);
            app.awaitNoneOpen(port);
        }
        apps.loseDisk(topics, port);
        long begin = System.nanoTime();
        try (StreamsProcess app = apps.assembler(topics, port)) {
            app.awaitReady(port);
            System.out.printf(
                    "restored from its changelogs in %.1f s, start included%n", (System.nanoTime() - begin) / 1e9);
        }
        return figures;
    }

    private Figures measure(Play play, StreamsProcess app, boolean printsMemory) throws Exception {
        for (int left = warmUp; left > 0; left -= 500) {
            play.calls(Math.min(left, 500));
            play.awaitRead(app);
        }
        double processorBegin = app.processorTime().toMillis() / 1e3;
        long wallBegin = System.nanoTime();
        long rows = 0;
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            rows += play.calls(Math.max(1, calls / TENTHS));
            play.awaitRead(app);
            if (printsMemory) {
                System.out.printf(
                        "%,9d calls, %,10d rows: resident memory %d MiB, live heap %d MiB%n",
                        play.linkedids(), rows, app.residentMebibytes(), app.liveHeapMebibytes());
            }
        }
        double processor = app.processorTime().toMillis() / 1e3 - processorBegin;
        return new Figures(rows, processor, (System.nanoTime() - wallBegin) / 1e9);
    }
}
