package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.model.ReadyRecording;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the recordings of its partitions over to a dispatcher; it waits for uploads only when partitions are taken away. */
public final class RecordingSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingSinkTask.class);
    /** Uploads are dear: a crash should repeat few of them. */
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final Clock clock;
    private final Supplier<ScheduledExecutorService> timers;
    private final RandomGenerator random;
    private final OffsetTracker offsets = new OffsetTracker();
    private Duration closeTimeout;
    private SendRules rules;
    private Receipts receipts;
    private DeadLetters deadLetters;
    private FlowControl flow;
    private RecordingDispatcher dispatcher;
    private Instant nextCommit = Instant.MIN;

    public RecordingSinkTask() {
        this(Clock.systemUTC(), () -> Alarm.timer("sipstack-recording-sink-timer"), new Random());
    }

    /** @param timers make what wakes recordings that wait, in the clock's time */
    RecordingSinkTask(Clock clock, Supplier<ScheduledExecutorService> timers, RandomGenerator random) {
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
        RecordingSinkConfig config = new RecordingSinkConfig(props);
        RecordingQueueConfig queue = config.queue();
        closeTimeout = queue.closeTimeout();
        rules = SendRules.of(config.api(), config.retry(), config.badRecord(), queue.maxInFlight(), random, clock);
        Spool spool = spool(config.spool());
        receipts = new Receipts(config.kafka(), clock);
        deadLetters = new DeadLetters(context.errantRecordReporter(), this::written, clock);
        flow = new FlowControl(context, queue.maxRecordings(), Long.MAX_VALUE);
        SinkMetrics metrics = new SinkMetrics();
        dispatcher = dispatcher(config, spool, metrics);
        WorkerMetrics.show(context, metrics, dispatcher, spool);
        LOG.info("Recordings are uploaded to {}", config.api().recordingUrl());
    }

    private static Spool spool(SpoolConfig config) {
        try {
            return new Spool(config);
        } catch (IOException e) {
            throw new ConnectException(SpoolConfig.DIRECTORY + ": " + config.directory() + " cannot be used", e);
        }
    }

    private RecordingDispatcher dispatcher(RecordingSinkConfig config, Spool spool, SinkMetrics metrics) {
        return new RecordingDispatcher(
                new RecordingApi(config.api(), config.queue(), clock),
                config.queue().maxInFlight(),
                opener(config, spool),
                Alarm.timer("sipstack-recording-sink-audio"),
                rules,
                missing(config.queue()),
                new RecordingOutcomes(receipts, deadLetters::add, clock),
                metrics,
                new Alarm(timers.get()),
                clock);
    }

    /** Without a dead-letter topic nothing can be given up before its time. */
    private MissingRecordings missing(RecordingQueueConfig queue) {
        return new MissingRecordings(
                context.errantRecordReporter() == null ? Integer.MAX_VALUE : queue.maxRecordings());
    }

    private static RecordingOpener opener(RecordingSinkConfig config, Spool spool) {
        RangeConsumer consumer = new RangeConsumer(config.kafka());
        AudioSource audio = new RecordingAudio(
                new RecordingFiles(config.files()),
                new AudioTopic(consumer, spool, config.api().timeout()),
                config.files().maxBytes());
        return new RecordingOpener(audio, new AcceptedBefore(config.kafka().receipts(), consumer), consumer);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        offsets.open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(this::accept);
        dispatcher.giveUpExpired();
        deadLetters.drain();
        receipts.check();
        flow.regulate(offsets.unhandled(), 0);
        commitSoon();
    }

    private void commitSoon() {
        Instant now = clock.instant();
        if (offsets.hasAdvanced() && !now.isBefore(nextCommit)) {
            nextCommit = now.plus(BETWEEN_COMMITS);
            context.requestCommit();
        }
    }

    private void accept(SinkRecord record) {
        OffsetTicket ticket = offsets.track(record);
        if (record.value() == null) {
            ticket.handled();
            return;
        }
        try {
            ReadyRecording ready = ReadyRecordingReader.read(record);
            dispatcher.submit(new OutboundRecording(record, ticket, ready, rules.deadline(record, clock)));
        } catch (MalformedDocumentException e) {
            deadLetters.add(letter(record, e, ticket));
        }
    }

    private static Letter letter(SinkRecord record, MalformedDocumentException cause, OffsetTicket ticket) {
        Failure failure = new Failure(OptionalInt.empty(), "not a ready recording", cause.getMessage());
        return new Letter(record, failure, cause.pbx().orElse(null), Map.of(), List.of(ticket));
    }

    /** A letter is safe: now the PBX may be told that its file is still needed. */
    private void written(Letter letter) {
        try {
            ReadyRecording ready = ReadyRecordingReader.read(letter.record());
            OptionalInt status = letter.failure().status();
            receipts.givenUp(ready, status.isPresent() ? status.getAsInt() : null, letter::handled);
        } catch (MalformedDocumentException e) {
            letter.handled(); // nobody knows of what file
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
        if (receipts != null) {
            receipts.close();
        }
    }
}
