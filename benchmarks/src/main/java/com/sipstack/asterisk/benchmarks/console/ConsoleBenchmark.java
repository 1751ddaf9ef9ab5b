package com.sipstack.asterisk.benchmarks.console;

import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run console}: CPU of the console's threads and of its page, beside a consumer that reads the same and drops it. */
@Command(
        name = "console",
        description = "CPU of the console and of its page, with thousands of calls on the board.",
        mixinStandardHelpOptions = true)
public final class ConsoleBenchmark implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final int PARTITIONS = 6;

    @Option(names = "--calls", defaultValue = "5000", description = "In progress at a time. Default: ${DEFAULT-VALUE}")
    private int calls;

    @Option(names = "--updates", defaultValue = "60", description = "Documents a second. Default: ${DEFAULT-VALUE}")
    private int updates;

    @Option(
            names = "--pages",
            defaultValue = "10",
            description = "That read the events, beside the one in a browser. Default: ${DEFAULT-VALUE}")
    private int pages;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Measured, after as many. Default: ${DEFAULT-VALUE}")
    private int seconds;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile boolean isOver;
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public Integer call() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                Assembler assembler = assembler(broker);
                Producer<byte[], byte[]> producer = producer(broker)) {
            URI address = URI.create("http://127.0.0.1:"
                    + assembler.consoleAddress().orElseThrow().getPort() + "/");
            LiveCalls live = new LiveCalls(producer, TOPICS.calls(), calls);
            live.begin();
            await(() -> board(address).contains("\"live\":" + calls));
            measure(broker, address, live);
        }
        return 0;
    }

    private void measure(EmbeddedBroker broker, URI address, LiveCalls live) throws Exception {
        ScheduledExecutorService telling = Executors.newSingleThreadScheduledExecutor();
        List<Future<?>> reading = new ArrayList<>();
        Thread bare = bare(broker);
        Optional<OpenPage> page = OpenPage.open(address.toString());
        try {
            IntStream.range(0, pages).forEach(i -> reading.add(read(address)));
            reading.add(telling.scheduleAtFixedRate(live::turn, 0, 1_000_000 / updates, TimeUnit.MICROSECONDS));
            if (page.isPresent()) {
                await(() -> page.get().calls() == calls);
            }
            TimeUnit.SECONDS.sleep(seconds);
            page.ifPresent(OpenPage::watch);
            Optional<OpenPage.Cost> pageBefore = page.map(OpenPage::cost);
            double consoleBefore = cpu("console-");
            double bareBefore = cpu(bare.getName());
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = (System.nanoTime() - begin) / 1e9;
            print(cpu("console-") - consoleBefore, cpu(bare.getName()) - bareBefore, elapsed);
            page.ifPresent(open -> print(open, pageBefore.orElseThrow(), elapsed));
        } finally {
            isOver = true;
            reading.forEach(one -> one.cancel(true));
            telling.shutdownNow();
            page.ifPresent(OpenPage::close);
            bare.join();
        }
    }

    private void print(double console, double bare, double elapsed) {
        System.out.printf(
                "%,d calls, %d documents/s, %d pages and one in a browser%n"
                        + "a consumer that drops them %5.1f %% of a core   the console %5.1f %% of a core   %.1f times%n",
                calls, updates, pages, 100 * bare / elapsed, 100 * console / elapsed, console / bare);
    }

    private static void print(OpenPage page, OpenPage.Cost before, double elapsed) {
        OpenPage.Cost after = page.cost();
        Map<String, Object> watched = page.watched();
        System.out.printf(
                "the page %5.1f %% of a core, of it scripts %.1f %%; tasks above 50 ms: %s, the longest %s ms; %.0f frames/s, at most %s ms"
                        + " apart%n",
                100 * (after.taskSeconds() - before.taskSeconds()) / elapsed,
                100 * (after.scriptSeconds() - before.scriptSeconds()) / elapsed,
                watched.get("long"),
                watched.get("longest"),
                ((Number) watched.get("frames")).doubleValue() / elapsed,
                watched.get("slowest"));
    }

    /** Seconds of all threads whose names begin so. */
    private double cpu(String name) {
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(name)) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e9;
    }

    private Future<?> read(URI address) {
        HttpRequest events =
                HttpRequest.newBuilder(address.resolve("api/events")).build();
        return http.sendAsync(events, BodyHandlers.fromLineSubscriber(new Discarding(() -> isOver)));
    }

    private String board(URI address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address.resolve("api/board")).build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException, TimeoutException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException("not all calls came to the board within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    private Thread bare(EmbeddedBroker broker) {
        Thread thread = new Thread(() -> drop(broker), "bare-consumer");
        thread.start();
        return thread;
    }

    private void drop(EmbeddedBroker broker) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(TOPICS.calls(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!isOver) {
                consumer.poll(Duration.ofMillis(500));
            }
        }
    }

    private static Assembler assembler(EmbeddedBroker broker) throws Exception {
        Path state = Files.createTempDirectory("console-benchmark");
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("state.dir", state.toString());
        settings.put("topics.create", "true");
        settings.put("topics.partitions", Integer.toString(PARTITIONS));
        settings.put("topics.replication.factor", "1");
        settings.put("console.port", Integer.toString(FreePort.any()));
        return Assembler.start(new AssemblerConfig(settings));
    }

    private static Producer<byte[], byte[]> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
