package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.WorkerMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Listens to some of the connector's PBXs. Connect's thread only hands over what was heard. */
public final class AmiSourceTask extends SourceTask {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int QUEUE_CAPACITY = 10_000;
    /** A secret that was refused is not tried so often that the PBX locks us out. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);

    private final Clock clock;
    private final DoubleSupplier jitter;
    private final int capacity;
    private final Duration afterRefusal;
    private final Map<String, AmiCounters> counters = new HashMap<>();
    private RecordQueue queue;
    private ListenerPool pool;

    /** For Connect. */
    public AmiSourceTask() {
        this(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble(), QUEUE_CAPACITY, AFTER_REFUSAL);
    }

    AmiSourceTask(Clock clock, DoubleSupplier jitter, int capacity, Duration afterRefusal) {
        this.clock = clock;
        this.jitter = jitter;
        this.capacity = capacity;
        this.afterRefusal = afterRefusal;
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> settings) {
        queue = new RecordQueue(capacity);
        pool = new ListenerPool(queue, afterRefusal);
        List<PbxListener> listeners = new ArrayList<>();
        new AmiSourceConfig(settings).pbxs().forEach(pbx -> listeners.add(listener(pbx, listeners)));
        WorkerMetrics metrics = new WorkerMetrics(context);
        counters.forEach((pbx, counted) -> AmiMetrics.show(metrics, pbx, counted));
        pool.start(listeners);
    }

    /** Null if nothing came for a while, as Connect wants it. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = queue.take(PATIENCE);
        return records.isEmpty() ? null : records;
    }

    @Override
    public void stop() {
        if (pool != null) {
            pool.close();
        }
    }

    /** By PBX; complete once the task was started. */
    Map<String, AmiCounters> counters() {
        return Map.copyOf(counters);
    }

    private PbxListener listener(AmiPbx pbx, List<PbxListener> listeners) {
        int place = listeners.size();
        AmiCounters counted = counters.computeIfAbsent(pbx.pbx(), name -> new AmiCounters(clock));
        return new PbxListener(
                pbx,
                queue,
                clock,
                new Backoff(jitter),
                counted,
                heardUntil(pbx.pbx()),
                () -> pool.open(listeners.get(place)));
    }

    private Optional<Instant> heardUntil(String pbx) {
        Map<String, Object> partition = new AmiSourcePartition(pbx).toMap();
        Map<String, Object> offset = context.offsetStorageReader().offset(partition);
        try {
            return Optional.ofNullable(offset).map(AmiSourceOffset::fromMap).map(AmiSourceOffset::heardUntil);
        } catch (IllegalArgumentException e) {
            throw new ConnectException("stored offset of " + partition + " cannot be read: " + e.getMessage(), e);
        }
    }
}
