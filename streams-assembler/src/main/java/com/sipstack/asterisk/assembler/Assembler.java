package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.console.Console;
import com.sipstack.asterisk.assembler.console.ConsoleSettings;
import com.sipstack.asterisk.assembler.console.ConsoleSurroundings;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running assembler: the Streams application and what watches over it. */
public final class Assembler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Assembler.class);
    private static final Duration BACKLOG_INTERVAL = Duration.ofMillis(250);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration SETTINGS_LIMIT = Duration.ofMinutes(1);

    private final AssemblerConfig config;
    private final Companions companions;
    private final AssemblerMetrics metrics = new AssemblerMetrics();
    private final ThreadDeaths deaths;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile OperatorServer server;
    private volatile Console console;
    private volatile SettingsTopic settingsTopic;
    private volatile KafkaStreams streams;

    private Assembler(AssemblerConfig config, Companions companions) {
        this.config = config;
        this.companions = companions;
        this.deaths = config.operation().threadDeaths(Clock.systemUTC());
        parts.push(metrics);
    }

    /** Starts an assembler that is alone in its process. */
    public static Assembler start(AssemblerConfig config) throws InterruptedException, ExecutionException, IOException {
        return start(config, Companions.NONE);
    }

    /**
     * Checks or creates the topics, reads the settings of single PBXs, and starts.
     *
     * @param companions are served with it, if anything is
     * @throws IllegalStateException if the topics do not fit or cannot be read, or ACLs are missing; says what to do
     * @throws IOException if the address for health and metrics cannot be had
     */
    public static Assembler start(AssemblerConfig config, Companions companions)
            throws InterruptedException, ExecutionException, IOException {
        Assembler assembler = new Assembler(config, companions);
        try {
            assembler.startParts();
            return assembler;
        } catch (InterruptedException | ExecutionException | IOException | RuntimeException e) {
            assembler.close();
            throw e;
        }
    }

    /** Whether it works: rows are read, or would be if there were any. */
    public boolean isRunning() {
        KafkaStreams started = streams;
        return started != null && started.state() == State.RUNNING;
    }

    /** Where health and metrics are served; empty if they are not. */
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(server).map(OperatorServer::address);
    }

    /** Where the console is served; empty if it is not. */
    public Optional<InetSocketAddress> consoleAddress() {
        return Optional.ofNullable(console).map(Console::address);
    }

    /** Waits until it was closed or gave up. Returns whether it gave up. */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return streams.state() == State.ERROR;
    }

    /** Stops within seconds. What was not committed is read again by the next start. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.error("A part of the assembler did not stop in order", e);
            }
        }
    }

    private void startParts() throws InterruptedException, ExecutionException, IOException {
        startServer();
        Admin admin = Admin.create(config.clientProperties());
        parts.push(() -> admin.close(Duration.ZERO));
        TopicFacts facts = setUpTopics(admin);
        PbxSettings settings = startSettings();
        Topics topics = config.topics();
        ConsumerBacklog backlog = new ConsumerBacklog(
                admin, config.applicationId(), List.of(topics.cdr(), topics.cel()), Clock.systemUTC());
        startStreams(new Surroundings(settings.interpretation(), config::archive, backlog, facts, metrics));
        backlog.start(BACKLOG_INTERVAL);
        parts.push(backlog);
        startConsole(settings.interpretation());
    }

    private void startServer() throws IOException {
        Optional<InetSocketAddress> address = config.operation().httpAddress();
        if (address.isPresent()) {
            metrics.bindJvm();
            server = OperatorServer.start(
                    address.get(), this::whyDead, this::whyNotReady, () -> metrics.scrape(companions));
            parts.push(server);
            log.info("Health, readiness and metrics are served on {}", server.address());
        }
    }

    private TopicFacts setUpTopics(Admin admin) throws InterruptedException, ExecutionException {
        TopicSetup setup = new TopicSetup(admin, config.topics());
        if (config.createsTopics()) {
            setup.create(config.partitions(), config.replicationFactor());
        }
        new AccessCheck(admin).require(config.grants());
        TopicFacts facts = setup.check();
        int largest = config.largestRequest();
        return new TopicFacts(
                facts.partitions(),
                Math.min(largest, facts.largestDocument()),
                Math.min(largest, facts.largestLetter()));
    }

    /** No call is told before it is known what its PBX is told apart by. */
    private PbxSettings startSettings() throws InterruptedException {
        PbxSettings settings = new PbxSettings(config.originals());
        config.operation().settingsFile().ifPresent(path -> parts.push(SettingsFile.watch(path, settings, metrics)));
        String topic = config.topics().settings();
        settingsTopic = new SettingsTopic(
                new KafkaConsumer<>(
                        config.readerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                settings,
                metrics);
        parts.push(settingsTopic);
        settingsTopic.start();
        try {
            settingsTopic.loaded().get(SETTINGS_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the settings of PBXs cannot be read from the topic " + topic, e);
        }
        return settings;
    }

    private void startStreams(Surroundings surroundings) {
        Properties properties = config.streamsProperties();
        properties.put(FaultLetters.METRICS, metrics);
        KafkaStreams application = new KafkaStreams(AssemblerTopology.of(config, surroundings), properties);
        application.setUncaughtExceptionHandler(this::onThreadDeath);
        application.setStateListener((now, before) -> onState(now));
        streams = application;
        parts.push(() -> stop(application));
        application.start();
        if (server != null) {
            metrics.bind(application);
        }
    }

    private void startConsole(Interpretation interpretation) throws IOException {
        Optional<ConsoleSettings> settings = config.console().console();
        if (settings.isPresent()) {
            ConsoleSurroundings surroundings = new ConsoleSurroundings(
                    config.topics(),
                    new ConsoleClients(config),
                    () -> new RowReader(config)::read,
                    interpretation.interpreters(),
                    () -> metrics.snapshots(companions),
                    this::whyNotReady);
            console = Console.start(settings.get(), surroundings);
            parts.push(console);
        }
    }

    private static void stop(KafkaStreams application) {
        if (!application.close(STOP_LIMIT)) {
            log.warn("The assembler did not stop within {}", STOP_LIMIT);
        }
    }

    private List<String> whyDead() {
        KafkaStreams started = streams;
        if (started == null) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        if (started.state() == State.ERROR || started.state() == State.NOT_RUNNING) {
            reasons.add("Kafka Streams is " + started.state());
        }
        if (started.metadataForLocalThreads().stream()
                .allMatch(thread -> thread.threadState().equals("DEAD"))) {
            reasons.add("no stream thread is alive");
        }
        return reasons;
    }

    private List<String> whyNotReady() {
        List<String> reasons = new ArrayList<>(whyDead());
        SettingsTopic reading = settingsTopic;
        if (reading == null || !reading.loaded().isDone()) {
            reasons.add("the settings of PBXs have not been read yet");
        } else if (!reading.fault().isEmpty()) {
            reasons.add("the settings of PBXs cannot be read: " + reading.fault());
        }
        if (!isRunning()) {
            reasons.add(
                    streams == null
                            ? "Kafka Streams has not started yet"
                            : "Kafka Streams is " + streams.state()
                                    + ": partitions are assigned or their state is restored");
        }
        reasons.addAll(companions.whyNotReady());
        return reasons;
    }

    private StreamThreadExceptionResponse onThreadDeath(Throwable fault) {
        metrics.threadDeath();
        if (UnreadableStateException.isCauseOf(fault)) {
            log.error("The assembler stops, and has lost nothing: its state cannot be read", fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (!deaths.mayReplace()) {
            log.error(
                    "The assembler gives up: more threads died than are replaced, {}; the last one of this",
                    deaths,
                    fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.error("A thread of the assembler died and is replaced", fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void onState(State now) {
        log.info("The assembler is {}", now);
        if (now == State.ERROR || now == State.NOT_RUNNING) {
            ended.countDown();
        }
    }
}
