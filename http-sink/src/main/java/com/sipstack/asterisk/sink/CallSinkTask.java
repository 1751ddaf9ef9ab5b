package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
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
    private final Supplier<ScheduledExecutorService> timers;
    private final RandomGenerator random;
    private final DocumentReader reader = new DocumentReader();
    private final OffsetTracker offsets = new OffsetTracker();
    private Duration closeTimeout;
    private DeadLetters deadLetters;
    private FlowControl flow;
    private CallDispatcher dispatcher;

    public CallSinkTask() {
        this(Clock.systemUTC(), () -> Alarm.timer("sipstack-call-sink-timer"), new Random());
    }

    /** @param timers make what wakes documents that wait, in the clock's time */
    CallSinkTask(Clock clock, Supplier<ScheduledExecutorService> timers, RandomGenerator random) {
        this.clock = clock;
        this.timers = timers;
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
        deadLetters = new DeadLetters(context.errantRecordReporter(), Letter::handled, clock);
        flow = new FlowControl(
                context, config.queue().maxDocuments(), config.queue().maxBytes());
        SinkMetrics metrics = new SinkMetrics();
        dispatcher = dispatcher(config, metrics);
        WorkerMetrics.show(context, metrics, dispatcher);
        LOG.info("Call documents are shipped to {}", config.api().callsUrl());
    }

    private CallDispatcher dispatcher(CallSinkConfig config, SinkMetrics metrics) {
        int maxInFlight = config.queue().maxInFlight();
        return new CallDispatcher(
                new CallApi(config.api(), maxInFlight, clock),
                config.queue(),
                SendRules.of(config.api(), config.retry(), config.badRecord(), maxInFlight, random, clock),
                deadLetters::add,
                metrics,
                new Alarm(timers.get()),
                clock);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        offsets.open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(this::accept);
        // Not one by one: what another worker or an earlier run has sent is read again, and an old revision would
        // follow a new one
        dispatcher.send();
        dispatcher.giveUpExpired();
        deadLetters.drain();
        Load held = dispatcher.held();
        flow.regulate(held.documents() + deadLetters.pending(), held.bytes());
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
