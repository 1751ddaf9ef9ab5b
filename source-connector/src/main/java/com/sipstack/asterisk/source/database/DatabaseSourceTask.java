package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads some of the connector's PBXs. Connect's thread only hands over what the readers' threads have read. */
public final class DatabaseSourceTask extends SourceTask {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int QUEUE_CAPACITY = 5000;

    private final Clock clock;
    private final DoubleSupplier jitter;
    private final Map<String, PbxCounters> counters = new HashMap<>();
    private RecordQueue queue;
    private ReaderPool readers;

    /** For Connect. */
    public DatabaseSourceTask() {
        this(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());
    }

    DatabaseSourceTask(Clock clock, DoubleSupplier jitter) {
        this.clock = clock;
        this.jitter = jitter;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> settings) {
        List<PbxConfig> pbxs = new DatabaseSourceConfig(settings).pbxs();
        Map<DatabaseSourcePartition, DatabaseSourceOffset> stored = storedOffsets(pbxs);
        queue = new RecordQueue(QUEUE_CAPACITY);
        pbxs.forEach(pbx -> counters.put(pbx.pbx(), new PbxCounters(pbx.tables(), clock)));
        WorkerMetrics metrics = new WorkerMetrics(context);
        counters.forEach((pbx, counted) -> TableMetrics.show(metrics, pbx, counted));
        readers = new ReaderPool(pbxs.stream().map(pbx -> reader(pbx, stored)).toList(), queue);
        readers.start();
    }

    /** Null if nothing came for a while, as Connect wants it. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = queue.take(PATIENCE);
        return records.isEmpty() ? null : records;
    }

    @Override
    public void stop() {
        if (readers != null) {
            readers.close();
        }
    }

    /** By PBX; complete once the task was started. */
    Map<String, PbxCounters> counters() {
        return Map.copyOf(counters);
    }

    private PbxReader reader(PbxConfig pbx, Map<DatabaseSourcePartition, DatabaseSourceOffset> stored) {
        PbxCounters counted = counters.get(pbx.pbx());
        KeylessStored.Source keyless = KeylessStored.from(context.offsetStorageReader());
        List<DiscoveringReader> tables = pbx.tables().stream()
                .map(table -> new DiscoveringReader(
                        pbx,
                        table,
                        Optional.ofNullable(stored.get(partition(pbx, table))),
                        keyless,
                        queue,
                        clock,
                        counted.of(table)))
                .toList();
        return new PbxReader(pbx, tables, clock, new Backoff(jitter), counted);
    }

    private Map<DatabaseSourcePartition, DatabaseSourceOffset> storedOffsets(List<PbxConfig> pbxs) {
        List<Map<String, Object>> partitions = pbxs.stream()
                .flatMap(pbx ->
                        pbx.tables().stream().map(table -> partition(pbx, table).toMap()))
                .toList();
        Map<DatabaseSourcePartition, DatabaseSourceOffset> stored = new HashMap<>();
        context.offsetStorageReader().offsets(partitions).forEach((partition, offset) -> {
            if (offset != null) {
                stored.put(DatabaseSourcePartition.fromMap(partition), offset(partition, offset));
            }
        });
        return stored;
    }

    private static DatabaseSourceOffset offset(Map<String, Object> partition, Map<String, Object> offset) {
        try {
            return DatabaseSourceOffset.fromMap(offset);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConnectException("stored offset of " + partition + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static DatabaseSourcePartition partition(PbxConfig pbx, AsteriskTable table) {
        return new DatabaseSourcePartition(pbx.pbx(), table.name());
    }
}
