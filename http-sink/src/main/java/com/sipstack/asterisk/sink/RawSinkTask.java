package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the raw records of its partitions over to a dispatcher; it never waits for the network but when partitions are taken away. */
public final class RawSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(RawSinkTask.class);

    private final Clock clock;
    private final RandomGenerator random;
    private final OffsetTracker offsets = new OffsetTracker();
    private RawQueueConfig queue;
    private RawRecordReader reader;
    private DeadLetters deadLetters;
    private FlowControl flow;
    private RawDispatcher dispatcher;

    public RawSinkTask() {
        this(Clock.systemUTC(), new Random());
    }

    RawSinkTask(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        RawSinkConfig config = new RawSinkConfig(props);
        queue = config.queue();
        reader = new RawRecordReader(config.retry().timeout(), clock);
        deadLetters = new DeadLetters(context.errantRecordReporter(), Letter::handled, clock);
        flow = new FlowControl(context, queue.maxRecords(), queue.maxBytes());
        SinkMetrics metrics = new SinkMetrics();
        dispatcher = dispatcher(config, metrics);
        WorkerMetrics.show(context, metrics, dispatcher, dispatcher.cdrs());
        LOG.info("Raw records are shipped to {}", config.api().rawUrl());
    }

    private RawDispatcher dispatcher(RawSinkConfig config, SinkMetrics metrics) {
        int maxInFlight = queue.maxInFlight();
        return new RawDispatcher(
                new RawApi(config.api(), maxInFlight, clock),
                config.batch(),
                SendRules.of(config.api(), config.retry(), config.badRecord(), maxInFlight, random, clock),
                deadLetters::add,
                metrics,
                new Alarm(Alarm.timer("sipstack-raw-sink-timer")),
                clock);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        offsets.open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(this::accept);
        deadLetters.drain();
        Load held = dispatcher.held();
        if (held.documents() >= queue.maxRecords() || held.bytes() >= queue.maxBytes()) {
            dispatcher.flush();
        }
        flow.regulate(held.documents() + deadLetters.pending(), held.bytes());
    }

    private void accept(SinkRecord record) {
        OffsetTicket ticket = offsets.track(record);
        if (record.value() == null) {
            ticket.handled();
            return;
        }
        try {
            dispatcher.submit(reader.read(record, ticket));
        } catch (MalformedDocumentException e) {
            deadLetters.add(letter(record, e, ticket));
        }
    }

    private static Letter letter(SinkRecord record, MalformedDocumentException cause, OffsetTicket ticket) {
        Failure failure = new Failure(OptionalInt.empty(), "not a raw record", cause.getMessage());
        return new Letter(record, failure, cause.pbx().orElse(null), Map.of(), List.of(ticket));
    }

    /** Letters are not reported here: an exception in this method would make Connect read again what is in memory already. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return offsets.committable(currentOffsets);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        offsets.close(partitions);
        dispatcher.dropDisowned(queue.closeTimeout());
    }

    @Override
    public void stop() {
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}
