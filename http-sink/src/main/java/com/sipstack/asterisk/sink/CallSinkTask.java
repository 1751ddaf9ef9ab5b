package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the documents of its partitions over to a dispatcher; it never waits for the network but when partitions are taken away. */
public final class CallSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(CallSinkTask.class);

    private final Clock clock;
    private final RandomGenerator random;
    private final DocumentReader reader = new DocumentReader();
    private final OffsetTracker offsets = new OffsetTracker();
    private Duration closeTimeout;
    private DeadLetters deadLetters;
    private FlowControl flow;
    private CallDispatcher dispatcher;

    public CallSinkTask() {
        this(Clock.systemUTC(), new Random());
    }

    CallSinkTask(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        CallSinkConfig config = new CallSinkConfig(props);
        closeTimeout = config.queue().closeTimeout();
        deadLetters = new DeadLetters(context.errantRecordReporter(), clock);
        flow = new FlowControl(context, config.queue().maxDocuments());
        dispatcher = dispatcher(config);
        LOG.info("Call documents are shipped to {}", config.api().callsUrl());
    }

    private CallDispatcher dispatcher(CallSinkConfig config) {
        RetryConfig retry = config.retry();
        return new CallDispatcher(
                new CallApi(config.api(), config.queue().maxInFlight(), clock),
                config.queue(),
                new Backoff(retry.firstBackoff(), retry.longestBackoff(), random),
                retry.timeout(),
                deadLetters::add,
                timer(),
                clock);
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sipstack-call-sink-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        offsets.open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(this::accept);
        deadLetters.drain();
        flow.regulate(dispatcher.held() + deadLetters.pending());
    }

    private void accept(SinkRecord record) {
        OffsetTicket ticket = offsets.track(record);
        if (record.value() == null) {
            ticket.handled();
            return;
        }
        try {
            dispatcher.submit(reader.read(record), ticket);
        } catch (MalformedDocumentException e) {
            deadLetters.add(Letter.malformed(record, e, ticket));
        }
    }

    /** Letters are not reported here: an exception in this method would make Connect read again what is in memory already. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return offsets.committable(currentOffsets);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        offsets.close(partitions);
        dispatcher.dropDisowned(closeTimeout);
    }

    @Override
    public void stop() {
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}
