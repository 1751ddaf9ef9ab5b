package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * How many of a task's calls go on. Counted as they begin and end, and kept beside their state, so that nobody has to look through
 * the stores to know. Belongs to the task's thread.
 */
final class OpenCalls implements AutoCloseable {
    static final String STORE = "totals";

    private static final String KEY = "open-calls";
    private static final byte FORMAT = 1;

    private final KeyValueStore<String, byte[]> store;
    private final AssemblerMetrics metrics;
    private final TaskId task;
    private long count;

    OpenCalls(ProcessorContext<?, ?> context, AssemblerMetrics metrics) {
        this.store = context.getStateStore(STORE);
        this.metrics = metrics;
        this.task = context.taskId();
        this.count = fromBytes(store.get(KEY));
        metrics.openCalls(task, count);
    }

    /** Cached: however often it changes, it is written once for each commit. */
    static StoreBuilder<?> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** A call's state changed; there was none before if the call is new. */
    void moved(CallState before, CallState after) {
        boolean wasOpen = before != null && before.stage() == Stage.OPEN;
        boolean isOpen = after.stage() == Stage.OPEN;
        if (wasOpen == isOpen) {
            return;
        }
        // State of a release that did not count has open calls that were never counted
        count = Math.max(0, count + (isOpen ? 1 : -1));
        store.put(KEY, toBytes(count));
        metrics.openCalls(task, count);
        if (after.stage() == Stage.COMPLETE) {
            metrics.completedCall();
        }
    }

    @Override
    public void close() {
        metrics.taskLeft(task);
    }

    private static byte[] toBytes(long count) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(FORMAT).putLong(count).array();
    }

    /** A count of another release's format is begun again: it is only told, nothing depends on it. */
    private static long fromBytes(byte[] bytes) {
        return bytes == null || bytes[0] != FORMAT ? 0 : ByteBuffer.wrap(bytes).getLong(1);
    }
}
