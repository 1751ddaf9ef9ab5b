package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
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
    private static final int THREAD_REPLACEMENTS = 10;

    private final Admin admin;
    private final ConsumerBacklog backlog;
    private final KafkaStreams streams;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger replacements = new AtomicInteger();

    private Assembler(AssemblerConfig config, Admin admin) {
        Topics topics = config.topics();
        this.admin = admin;
        this.backlog = new ConsumerBacklog(
                admin, config.applicationId(), List.of(topics.cdr(), topics.cel()), Clock.systemUTC());
        this.streams = new KafkaStreams(AssemblerTopology.of(config, backlog), config.streamsProperties());
        streams.setUncaughtExceptionHandler(this::onThreadDeath);
        streams.setStateListener((now, before) -> onState(now));
    }

    /**
     * Checks or creates the topics and starts.
     *
     * @throws IllegalStateException if the topics do not fit; says what to do
     */
    public static Assembler start(AssemblerConfig config) throws InterruptedException, ExecutionException {
        Admin admin = Admin.create(config.clientProperties());
        try {
            TopicSetup setup = new TopicSetup(admin, config.topics());
            if (config.createsTopics()) {
                setup.create(config.partitions(), config.replicationFactor());
            }
            setup.check();
            Assembler assembler = new Assembler(config, admin);
            assembler.streams.start();
            assembler.backlog.start(BACKLOG_INTERVAL);
            return assembler;
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** Whether it works: rows are read, or would be if there were any. */
    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    /** Waits until it was closed or gave up. Returns whether it gave up. */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return streams.state() == State.ERROR;
    }

    /** Stops within seconds. What was not committed is read again by the next start. */
    @Override
    public synchronized void close() {
        backlog.close();
        if (!streams.close(STOP_LIMIT)) {
            log.warn("The assembler did not stop within {}", STOP_LIMIT);
        }
        admin.close(Duration.ZERO);
    }

    private StreamThreadExceptionResponse onThreadDeath(Throwable fault) {
        int died = replacements.incrementAndGet();
        if (died > THREAD_REPLACEMENTS) {
            log.error("The assembler gives up: its threads died {} times, the last one of this", died, fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.error("A thread of the assembler died and is replaced ({} of {})", died, THREAD_REPLACEMENTS, fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void onState(State now) {
        log.info("The assembler is {}", now);
        if (now == State.ERROR || now == State.NOT_RUNNING) {
            ended.countDown();
        }
    }
}
