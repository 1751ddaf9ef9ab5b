package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads files of some of the connector's PBXs. Connect's thread only hands over what the reading thread has read. */
public final class CsvSourceTask extends SourceTask {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int QUEUE_CAPACITY = 5000;

    private final Clock clock;
    private final Map<String, CsvCounters> counters = new HashMap<>();
    private RecordQueue queue;
    private FileReading reading;

    /** For Connect. */
    public CsvSourceTask() {
        this(Clock.systemUTC());
    }

    CsvSourceTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> settings) {
        List<PbxFilesConfig> pbxs = new CsvSourceConfig(settings).pbxs();
        Buffers buffers = new Buffers();
        queue = new RecordQueue(QUEUE_CAPACITY);
        reading = new FileReading(pbxs.stream().map(pbx -> files(pbx, buffers)).toList(), queue);
        WorkerMetrics metrics = new WorkerMetrics(context);
        counters.forEach((pbx, counted) -> CsvMetrics.show(metrics, pbx, counted));
        reading.start();
    }

    /** Null if nothing came for a while, as Connect wants it. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = queue.take(PATIENCE);
        return records.isEmpty() ? null : records;
    }

    @Override
    public void stop() {
        if (reading != null) {
            reading.close();
        }
    }

    /** By PBX; complete once the task was started. */
    Map<String, CsvCounters> counters() {
        return Map.copyOf(counters);
    }

    private PbxFiles files(PbxFilesConfig pbx, Buffers buffers) {
        CsvCounters counted = new CsvCounters(clock);
        counters.put(pbx.pbx(), counted);
        return new PbxFiles(pbx, this::stored, queue, clock, counted, buffers);
    }

    private Optional<CsvSourceOffset> stored(CsvSourcePartition partition) {
        Map<String, Object> offset = context.offsetStorageReader().offset(partition.toMap());
        try {
            return Optional.ofNullable(offset).map(CsvSourceOffset::fromMap);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConnectException("stored offset of " + partition + " cannot be read: " + e.getMessage(), e);
        }
    }
}
