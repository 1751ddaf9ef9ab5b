package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.assembler.AssembleCommand;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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

    private Path directory;
    private EmbeddedBroker broker;

    /** @param seconds of processor time, of all the app's threads */
    private record Figures(long rows, double seconds, double wallSeconds) {
        double perSecond() {
            return rows / seconds;
        }
    }

    @Override
    public Integer call() throws Exception {
        directory = Files.createTempDirectory("assembler-benchmark");
        try (EmbeddedBroker started = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            broker = started;
            Figures bare = measureCopies();
            Figures ours = measureAssembler();
            print("copying app", bare);
            print("assembler", ours);
            System.out.printf("%.0f %% of the copying app%n", 100 * ours.perSecond() / bare.perSecond());
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
        Topics topics = createTopics("copying");
        try (Play play = new Play(broker, topics);
                StreamsProcess app =
                        StreamsProcess.start(CopyingApp.class, List.of(topics.prefix()), settings(topics), directory)) {
            return measure(play, app, false);
        }
    }

    private Figures measureAssembler() throws Exception {
        Topics topics = createTopics("assembler");
        Properties settings = settings(topics);
        int port = FreePort.any();
        settings.setProperty("http.port", Integer.toString(port));
        settings.setProperty("topic.prefix", topics.prefix());
        settings.setProperty("country", "CA");
        settings.setProperty("ship.complete.after.ms", "1000");
        Figures figures;
        try (Play play = new Play(broker, topics);
                StreamsProcess app =
                        StreamsProcess.start(AssembleCommand.class, List.of("--config"), settings, directory)) {
            figures = measure(play, app, true);
            awaitMetric(port, app);
        }
        Utils.delete(Path.of(settings.getProperty("state.dir")).toFile());
        long begin = System.nanoTime();
        try (StreamsProcess app =
                StreamsProcess.start(AssembleCommand.class, List.of("--config"), settings, directory)) {
            while (status(port) != 200) {
                app.requireAlive();
                TimeUnit.MILLISECONDS.sleep(100);
            }
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
        StringBuilder memory = new StringBuilder();
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            rows += play.calls(Math.max(1, calls / TENTHS));
            play.awaitRead(app);
            memory.append(tenth == 0 ? "" : ", ").append(app.residentMebibytes());
        }
        if (printsMemory) {
            System.out.println("memory by tenth of the calls: " + memory + " MiB");
        }
        double processor = app.processorTime().toMillis() / 1e3 - processorBegin;
        return new Figures(rows, processor, (System.nanoTime() - wallBegin) / 1e9);
    }

    private Topics createTopics(String prefix) throws Exception {
        Topics topics = new Topics(prefix);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics.specs().stream()
                            .map(spec -> new NewTopic(spec.name(), 1, (short) 1).configs(spec.config()))
                            .toList())
                    .all()
                    .get();
        }
        return topics;
    }

    private Properties settings(Topics topics) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", broker.bootstrapServers());
        settings.setProperty("application.id", topics.prefix());
        settings.setProperty("group.instance.id", topics.prefix());
        settings.setProperty("processing.guarantee", guarantee);
        settings.setProperty("commit.interval.ms", "100");
        settings.setProperty(
                "state.dir", directory.resolve("state-" + topics.prefix()).toString());
        settings.setProperty("main.consumer.auto.offset.reset", "earliest");
        settings.setProperty("producer.compression.type", "lz4");
        return settings;
    }

    /** Until the calls that are over have their documents: what is restored then is what stays of them. */
    private static void awaitMetric(int port, StreamsProcess app) throws IOException, InterruptedException {
        while (!body(port, "/metrics").contains("sipstack_assembler_calls_open 0.0")) {
            app.requireAlive();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int status(int port) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(request(port, "/ready"), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0; // it does not listen yet
        }
    }

    private static String body(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request(port, path), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }
}
