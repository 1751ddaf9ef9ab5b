package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Finds the recordings of some of the connector's PBXs. Connect's thread only hands over what their threads have found. */
public final class RecordingSourceTask extends SourceTask {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int QUEUE_CAPACITY = 1000;

    private final Clock clock;
    private final Duration patience;
    private final Map<String, RecordingCounters> counters = new TreeMap<>();
    private Outbox outbox;
    private ReceiptReader receipts;
    private ScanThreads scans;

    /** For Connect. */
    public RecordingSourceTask() {
        this(Clock.systemUTC(), PATIENCE);
    }

    /** @param patience of a poll when there is nothing */
    RecordingSourceTask(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> settings) {
        RecordingSourceConfig config = new RecordingSourceConfig(settings);
        RecordQueue queue = new RecordQueue(QUEUE_CAPACITY);
        Running running = new Running();
        outbox = new Outbox(queue, config.audioMemory(), running);
        receipts = new ReceiptReader(config.client(), queue);
        List<PbxRecordings> pbxs =
                config.pbxs().stream().map(pbx -> recordings(pbx, config)).toList();
        WorkerMetrics metrics = new WorkerMetrics(context);
        counters.forEach((pbx, counted) -> RecordingMetrics.show(metrics, pbx, counted));
        scans = new ScanThreads(pbxs, queue, running);
        receipts.start();
        scans.start();
    }

    /** Null if nothing came for a while, as Connect wants it. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = outbox.queue().take(patience);
        return records.isEmpty() ? null : records;
    }

    /** On the producer's thread. */
    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        outbox.acknowledged(record, metadata);
    }

    @Override
    public void stop() {
        if (scans != null) {
            receipts.close();
            scans.stop();
        }
    }

    /** By PBX; complete once the task was started. */
    Map<String, RecordingCounters> counters() {
        return Map.copyOf(counters);
    }

    private PbxRecordings recordings(PbxRecordingsConfig pbx, RecordingSourceConfig config) {
        RecordingCounters counted = new RecordingCounters();
        counters.put(pbx.pbx(), counted);
        Map<String, Object> partition = new RecordingSourcePartition(pbx.pbx()).toMap();
        boolean hasSent = context.offsetStorageReader().offset(partition) != null;
        return new PbxRecordings(pbx, config.stateDirectory(), hasSent, outbox, receipts, clock, counted);
    }
}
