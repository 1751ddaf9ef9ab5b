package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The three stores of a task: rows under their call's key, one state for each call, and the times at which calls are due, sorted.
 * Each step costs the same whatever the number of open or finished calls. Belongs to the task's thread.
 */
final class CallStores {
    static final String ROWS = "rows";
    static final String CALLS = "calls";
    static final String TIMERS = "timers";

    private static final char SEPARATOR = '\0';
    private static final Serializer<String> TEXT = new StringSerializer();

    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<String, byte[]> calls;
    private final KeyValueStore<Bytes, byte[]> timers;

    CallStores(ProcessorContext<?, ?> context) {
        this.rows = context.getStateStore(ROWS);
        this.calls = context.getStateStore(CALLS);
        this.timers = context.getStateStore(TIMERS);
    }

    static List<StoreBuilder<?>> builders() {
        return List.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(ROWS), Serdes.Bytes(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CALLS), Serdes.String(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(TIMERS), Serdes.Bytes(), Serdes.ByteArray()));
    }

    /**
     * Keeps a row.
     *
     * @param identity the same when the row is read twice
     * @return false if the row was there already
     */
    boolean addRow(CallKey call, String identity, Row row) {
        Bytes key = Bytes.wrap((call.toString() + SEPARATOR + identity).getBytes(StandardCharsets.UTF_8));
        return rows.putIfAbsent(key, RowCodec.toBytes(row)) == null;
    }

    CallRows rows(CallKey call) {
        List<Row> found = new ArrayList<>();
        scan(call, entry -> found.add(RowCodec.fromBytes(entry.value)));
        return CallRows.of(call, found);
    }

    void dropRows(CallKey call) {
        scan(call, entry -> rows.delete(entry.key));
    }

    private void scan(CallKey call, Consumer<KeyValue<Bytes, byte[]>> consumer) {
        try (KeyValueIterator<Bytes, byte[]> entries = rows.prefixScan(call.toString() + SEPARATOR, TEXT)) {
            entries.forEachRemaining(consumer);
        }
    }

    /** Null for a call that is not known. */
    CallState state(CallKey call) {
        byte[] bytes = calls.get(call.toString());
        return bytes == null ? null : CallState.fromBytes(bytes);
    }

    /** Keeps a call's state and moves its timer to where the state says. */
    void put(CallKey call, CallState before, CallState after) {
        calls.put(call.toString(), after.toBytes());
        if (before == null || before.due() != after.due()) {
            if (before != null) {
                deleteTimer(call, before.due());
            }
            if (after.due() != CallState.NEVER) {
                timers.put(timerKey(call.toString(), after.due()), new byte[0]);
            }
        }
    }

    void forget(CallKey call, CallState state) {
        deleteTimer(call, state.due());
        calls.delete(call.toString());
    }

    private void deleteTimer(CallKey call, long due) {
        if (due != CallState.NEVER) {
            timers.delete(timerKey(call.toString(), due));
        }
    }

    /** When the next call is due; {@link CallState#NEVER} if none is. */
    long nextDue() {
        try (KeyValueIterator<Bytes, byte[]> entries = timers.all()) {
            return entries.hasNext() ? ByteBuffer.wrap(entries.next().key.get()).getLong() : CallState.NEVER;
        }
    }

    /** Calls that are due now, the earliest first; at most so many. */
    List<CallKey> due(long now, int limit) {
        List<CallKey> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = timers.range(timerKey("", 0), timerKey("", now + 1))) {
            while (entries.hasNext() && due.size() < limit) {
                byte[] key = entries.next().key.get();
                due.add(CallKey.parse(new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8)));
            }
        }
        return due;
    }

    /** Big-endian time first, so that the store's order is that of time. */
    private static Bytes timerKey(String call, long due) {
        byte[] name = call.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(due)
                .put(name)
                .array());
    }
}
